package org.caravanserai.scheduler;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jobs of the environment, for operators. Everything may be asked of any of its servers. All
 * methods throw a {@link JobsException} of status 503 if the database can't be asked.
 */
@ProviderType
public interface Jobs {

  /** How it is with the scheduler. */
  SchedulerStatus status() throws JobsException;

  /** All jobs, by name. */
  List<JobInfo> jobs() throws JobsException;

  /**
   * A job.
   *
   * @param next how many of its next times are wanted
   */
  Optional<JobInfo> job(String name, int next) throws JobsException;

  /**
   * Asks for a run as soon as possible, whatever the job's times, also of a paused or finished one.
   * It begins in the server that runs the jobs.
   *
   * @return its correlation id
   * @throws JobsException with status 404 if there is no such job
   */
  String run(String name) throws JobsException;

  /**
   * Pauses a job, or lets it go on from now: times that have passed meanwhile are left out, that of
   * a job that runs once is not.
   *
   * @throws JobsException with status 404 if there is no such job
   */
  void pause(String name, boolean paused) throws JobsException;

  /** Pauses all jobs of the environment, or lets them go on. */
  void pauseAll(boolean paused) throws JobsException;

  /**
   * Takes a job away that a service has made.
   *
   * @throws JobsException with status 404 if there is none, or it is over
   */
  void cancel(String name) throws JobsException;

  /**
   * Jobs with their last runs.
   *
   * @param jobs the jobs
   * @param most how many runs of each at most
   */
  List<JobInfo> withRuns(List<JobInfo> jobs, int most) throws JobsException;

  /**
   * Runs that have been, and those that go on.
   *
   * @param job the job; empty for all
   * @param outcome how they ended; empty for all, those too that go on
   * @param offset how many to leave out
   * @param limit how many at most
   */
  RunPage runs(Optional<String> job, Optional<Outcome> outcome, int offset, int limit)
      throws JobsException;

  /** A run with its log lines. */
  Optional<RunInfo> run(long id) throws JobsException;

  /**
   * The next times of a timetable.
   *
   * @param timing the timetable
   * @param count how many
   * @throws JobsException with status 422 if it makes no sense; says the field
   */
  List<Instant> preview(Timing timing, int count) throws JobsException;
}

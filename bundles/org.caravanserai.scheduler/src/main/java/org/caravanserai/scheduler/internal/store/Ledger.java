package org.caravanserai.scheduler.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.scheduler.Outcome;

/**
 * The runs in the database: what has been begun stands here before it begins, once for each job and
 * time, written only by the server that holds the lease in the same transaction.
 */
public final class Ledger {

  /** The right to run jobs. */
  public static final String RIGHT = "scheduler";

  private static final String COLUMNS =
      "id, job, scheduled_at, run_key, origin, state, service, payload, attempts, lease_number,"
          + " server, cid, started_at, ended_at, outcome, error";
  private static final int LONGEST_ERROR = 2000;

  private final Database database;
  private final LeaseTable leases;

  /** The runs of a database. */
  public Ledger(Database database, LeaseTable leases) {
    this.database = database;
    this.leases = leases;
  }

  /**
   * What the clock has brought about.
   *
   * @param jobs how far jobs have come
   * @param runs what is about to begin
   */
  public record Step(List<JobRow> jobs, List<RunRow> runs) {}

  /**
   * Writes what is about to begin.
   *
   * @return what may begin; empty if this server is no longer the one that runs jobs
   */
  public Optional<List<RunRow>> begin(String owner, long number, Step step) throws SQLException {
    return database.transact(
        connection -> {
          if (!leases.isHeld(connection, RIGHT, owner, number)) {
            return Optional.empty();
          }
          List<RunRow> begun = insert(connection, step.runs());
          try (PreparedStatement statement = JobTable.advance(connection)) {
            for (JobRow job : step.jobs()) {
              JobTable.advance(statement, job);
            }
            var unused = statement.executeBatch();
          }
          return Optional.of(begun);
        });
  }

  /** Those that were not there before. */
  private List<RunRow> insert(Connection connection, List<RunRow> runs) throws SQLException {
    if (runs.isEmpty()) {
      return List.of();
    }
    String clock = database.dialect().clock();
    String sql =
        "insert into serai_run (job, scheduled_at, run_key, origin, state, service, payload,"
            + " attempts, lease_number, server, cid, started_at) values"
            + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            + clock
            + ") on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (RunRow run : runs) {
        Database.set(statement, run.job(), run.scheduledAt(), run.key(), run.origin(), run.state());
        statement.setString(6, run.service().orElse(null));
        statement.setString(7, run.payload().orElse(null));
        statement.setInt(8, run.attempts());
        statement.setLong(9, run.leaseNumber());
        statement.setString(10, run.server());
        statement.setString(11, run.cid());
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      List<RunRow> begun = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] != 0) {
          begun.add(runs.get(i));
        }
      }
      return begun;
    }
  }

  /** Asks for a run, by whichever server runs jobs. */
  public void ask(RunRow run) throws SQLException {
    int unused = database.transact(connection -> ask(connection, run));
  }

  private int ask(Connection connection, RunRow run) throws SQLException {
    String clock = database.dialect().clock();
    String sql =
        "insert into serai_run (job, scheduled_at, run_key, origin, state, service, payload,"
            + " attempts, lease_number, server, cid) values (?, "
            + clock
            + ", ?, ?, ?, ?, ?, 0, 0, '', ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Database.set(statement, run.job(), run.key(), run.origin(), run.state());
      statement.setString(5, run.service().orElse(null));
      statement.setString(6, run.payload().orElse(null));
      statement.setString(7, run.cid());
      return statement.executeUpdate();
    }
  }

  /** What is asked for, or was begun and has not ended. */
  public List<RunRow> open(String state, int limit) throws SQLException {
    return database.query(
        "select " + COLUMNS + ", null from serai_run where state = ? order by id limit " + limit,
        Ledger::read,
        state);
  }

  /**
   * Begins what was asked for, or begins again.
   *
   * @param runs as they shall be from now on
   * @return what may begin; empty if this server is no longer the one that runs jobs
   */
  public Optional<List<RunRow>> take(String owner, long number, List<RunRow> runs)
      throws SQLException {
    return database.transact(
        connection -> {
          if (!leases.isHeld(connection, RIGHT, owner, number)) {
            return Optional.empty();
          }
          List<RunRow> taken = new ArrayList<>();
          for (RunRow run : runs) {
            int count =
                Database.update(
                    connection,
                    "update serai_run set state = 'running', attempts = ?, lease_number = ?,"
                        + " server = ?, started_at = "
                        + database.dialect().clock()
                        + " where id = ? and attempts = ? and state <> 'done'",
                    run.attempts(),
                    number,
                    run.server(),
                    run.id(),
                    run.attempts() - 1);
            if (count > 0) {
              taken.add(run);
            }
          }
          return Optional.of(taken);
        });
  }

  /** Lets runs of this server go on under a later holding of its own. */
  public void keep(long number, List<RunRow> runs) throws SQLException {
    int unused =
        database.transact(
            connection -> {
              int count = 0;
              for (RunRow run : runs) {
                count +=
                    Database.update(
                        connection,
                        "update serai_run set lease_number = ? where job = ? and scheduled_at = ?"
                            + " and run_key = ? and state = 'running' and attempts = ?"
                            + " and server = ?",
                        number,
                        run.job(),
                        run.scheduledAt(),
                        run.key(),
                        run.attempts(),
                        run.server());
              }
              return count;
            });
  }

  /**
   * Writes ends. That of a run which another server has taken over since is left out.
   *
   * @return how many were written
   */
  public int end(List<Ending> endings) throws SQLException {
    return database.transact(
        connection -> {
          int written = 0;
          for (Ending ending : endings) {
            RunRow run = ending.run();
            int count =
                Database.update(
                    connection,
                    "update serai_run set state = 'done', ended_at = "
                        + database.dialect().clock()
                        + ", outcome = ?, error = ?, log = ? where job = ? and scheduled_at = ?"
                        + " and run_key = ? and state = 'running' and attempts = ?"
                        + " and server = ?",
                    ending.outcome().name(),
                    ending.error().map(Ledger::shortened).orElse(""),
                    ending.log(),
                    run.job(),
                    run.scheduledAt(),
                    run.key(),
                    run.attempts(),
                    run.server());
            written += count;
            if (count > 0 && ending.outcome() != Outcome.OK) {
              int unused =
                  Database.update(
                      connection,
                      "update serai_job set failures = failures + 1 where name = ?",
                      run.job());
            }
            if (count > 0) {
              for (RunRow follow : ending.follows()) {
                int unused = ask(connection, follow);
              }
            }
          }
          return written;
        });
  }

  private static String shortened(String error) {
    return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
  }

  private static RunRow read(ResultSet row) throws SQLException {
    return new RunRow(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Optional.ofNullable(row.getString(7)),
        Optional.ofNullable(row.getString(8)),
        row.getInt(9),
        row.getLong(10),
        row.getString(11),
        row.getString(12),
        row.getLong(13),
        row.getLong(14),
        Optional.ofNullable(row.getString(15)).filter(text -> !text.isEmpty()),
        Optional.ofNullable(row.getString(16)).filter(text -> !text.isEmpty()),
        Optional.ofNullable(row.getString(17)));
  }

  /** Runs of a job, or of all, that ended so, or all, the latest first. */
  public List<RunRow> history(
      Optional<String> job, Optional<Outcome> outcome, int offset, int limit) throws SQLException {
    return database.query(
        "select "
            + COLUMNS
            + ", null from serai_run"
            + where(job, outcome)
            + " order by id desc limit "
            + limit
            + " offset "
            + offset,
        Ledger::read,
        values(job, outcome));
  }

  /** How many there are. */
  public long count(Optional<String> job, Optional<Outcome> outcome) throws SQLException {
    return database
        .query(
            "select count(*) from serai_run" + where(job, outcome),
            row -> row.getLong(1),
            values(job, outcome))
        .get(0);
  }

  private static String where(Optional<String> job, Optional<Outcome> outcome) {
    List<String> conditions = new ArrayList<>();
    job.ifPresent(name -> conditions.add("job = ?"));
    outcome.ifPresent(wanted -> conditions.add("outcome = ?"));
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static Object[] values(Optional<String> job, Optional<Outcome> outcome) {
    return Stream.concat(job.stream(), outcome.stream().map(Outcome::name)).toArray();
  }

  /** The latest runs of each of some jobs, the latest first. */
  public List<RunRow> latest(List<String> jobs, int most) throws SQLException {
    if (jobs.isEmpty() || most <= 0) {
      return List.of();
    }
    return database.query(
        "select "
            + COLUMNS
            + ", null from (select "
            + COLUMNS
            + ", row_number() over (partition by job order by id desc) as place from serai_run"
            + " where job in ("
            + String.join(", ", Collections.nCopies(jobs.size(), "?"))
            + ")) as placed where place <= "
            + most
            + " order by id desc",
        Ledger::read,
        jobs.toArray());
  }

  /** One run, with its log lines. */
  public Optional<RunRow> run(long id) throws SQLException {
    return database
        .query("select " + COLUMNS + ", log from serai_run where id = ?", Ledger::read, id)
        .stream()
        .findFirst();
  }

  /** The last run of each job. */
  public List<RunRow> last() throws SQLException {
    return database.query(
        "select "
            + COLUMNS
            + ", null from serai_run where id in"
            + " (select max(id) from serai_run where origin not like 'on_%' group by job)",
        Ledger::read);
  }

  /** Forgets runs that ended before a time. */
  public int prune(long before) throws SQLException {
    return database.update("delete from serai_run where state = 'done' and ended_at < ?", before);
  }

  /** The jobs that have more runs than shall be kept. */
  public List<String> crowded(int kept) throws SQLException {
    return database.query(
        "select job from serai_run group by job having count(*) > ?",
        row -> row.getString(1),
        kept + Math.max(10, kept / 10));
  }

  /** Forgets runs of a job but the latest ones. */
  public int prune(String job, int kept) throws SQLException {
    return database.update(
        "delete from serai_run where job = ? and state = 'done' and id <= (select id from serai_run"
            + " where job = ? order by id desc limit 1 offset ?)",
        job,
        job,
        kept);
  }
}

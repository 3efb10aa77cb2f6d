package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.caravanserai.management.Page;
import org.caravanserai.management.RunAskedAnswer;
import org.caravanserai.management.TimesAnswer;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.RunInfo;
import org.caravanserai.scheduler.RunPage;
import org.caravanserai.scheduler.SchedulerStatus;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Jobs and their runs: list, run now, pause, history, next times. */
@Component(service = Resource.class)
public final class SchedulerResource implements Resource {

  private static final int LARGEST_TIMETABLE = 64 * 1024;
  private static final int MOST_TIMES = 100;
  private static final int MOST_RUNS = 1_000;
  private static final int USUAL_RUNS = 50;
  private static final int MOST_RUNS_OF_EACH = 100;
  private static final int MOST_JOBS_WITH_RUNS = 200;
  private static final Set<String> NUMBERS =
      Set.of("weeks", "days", "hours", "minutes", "seconds", "repeats");
  private static final Set<String> TEXTS =
      Set.of("job_type", "start_date", "cron_definition", "timezone");

  private final Jobs jobs;
  private final Listing<JobInfo> listing =
      new Listing<JobInfo>(each -> Stream.of(each.name(), each.service()))
          .by("name", JobInfo::name)
          .by("service", JobInfo::service)
          .by("status", JobInfo::status)
          .by("madeBy", JobInfo::madeBy)
          .by("lastOutcome", each -> each.lastOutcome().orElse(""))
          .sortedBy("next", each -> each.next().isEmpty() ? "~" : each.next().get(0).toString())
          .sortedBy("fires", JobInfo::fires)
          .sortedBy("failures", JobInfo::failures)
          .sortedBy("skipped", JobInfo::skipped)
          .sortedBy("misfires", JobInfo::misfires);

  /** Made by the container. */
  @Activate
  public SchedulerResource(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public List<ApiOperation> operations() {
    List<ApiOperation> all = new ArrayList<>(reading());
    all.addAll(changing());
    return all;
  }

  private List<ApiOperation> reading() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/scheduler",
                Operation.SCHEDULER_READ,
                "which server runs the jobs, and why none runs here if that is so",
                exchange -> exchange.json(200, told(jobs::status)))
            .answers(200, SchedulerStatus.class)
            .refuses(503),
        ApiOperation.of(
                "GET",
                "/api/v1/scheduler/jobs",
                Operation.SCHEDULER_READ,
                "the jobs, when they run next and how they ended last",
                this::list)
            .with(
                Stream.concat(
                        listing.parameters().stream(),
                        Stream.of(
                            QueryParameter.number(
                                "runs", "how many of the last runs of each; none by default")))
                    .toList())
            .answers(200, new PageOf(JobInfo.class))
            .refuses(503),
        ApiOperation.of(
                "GET",
                "/api/v1/scheduler/jobs/{name}",
                Operation.SCHEDULER_READ,
                "a job and its next times",
                this::job)
            .with(List.of(QueryParameter.number("next", "how many of its next times; 5")))
            .answers(200, JobInfo.class)
            .refuses(404, 503),
        ApiOperation.of(
                "GET",
                "/api/v1/scheduler/runs",
                Operation.SCHEDULER_READ,
                "runs of all jobs or of one, the latest first",
                this::runs)
            .with(
                List.of(
                    QueryParameter.text("job", "only runs of this job"),
                    QueryParameter.text(
                        "outcome", "only those that ended so: ok, error, timeout, crashed"),
                    QueryParameter.number("offset", "how many to leave out"),
                    QueryParameter.number("limit", "how many at most; 50")))
            .answers(200, RunPage.class)
            .refuses(503),
        ApiOperation.of(
                "GET",
                "/api/v1/scheduler/runs/{number}",
                Operation.SCHEDULER_BROWSE,
                "a run with its log lines",
                this::run)
            .answers(200, RunInfo.class)
            .refuses(404, 503),
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/preview",
                Operation.SCHEDULER_READ,
                "the next times of a timetable; body: the fields of a scheduler object that tell"
                    + " when",
                this::preview)
            .with(List.of(QueryParameter.number("count", "how many; 10")))
            .takes("application/json", Map.of("type", "object"))
            .answers(200, TimesAnswer.class)
            .refuses(422));
  }

  private List<ApiOperation> changing() {
    return List.of(
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/jobs/{name}/run",
                Operation.SCHEDULER_CONTROL,
                "runs a job as soon as possible",
                this::runNow)
            .answers(202, RunAskedAnswer.class)
            .refuses(404, 503),
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/jobs/{name}/pause",
                Operation.SCHEDULER_CONTROL,
                "pauses a job",
                exchange -> pause(exchange, true))
            .answers(200, JobInfo.class)
            .refuses(404, 503),
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/jobs/{name}/resume",
                Operation.SCHEDULER_CONTROL,
                "lets a job go on from now",
                exchange -> pause(exchange, false))
            .answers(200, JobInfo.class)
            .refuses(404, 503),
        ApiOperation.of(
                "DELETE",
                "/api/v1/scheduler/jobs/{name}",
                Operation.SCHEDULER_CONTROL,
                "takes a job away that a service has made; others are objects",
                exchange -> {
                  done(() -> jobs.cancel(exchange.parameter("name")));
                  exchange.done();
                })
            .answers(204, "", "")
            .refuses(404, 503),
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/pause",
                Operation.SCHEDULER_CONTROL,
                "pauses all jobs of the environment",
                exchange -> pauseAll(exchange, true))
            .answers(200, SchedulerStatus.class)
            .refuses(503),
        ApiOperation.of(
                "POST",
                "/api/v1/scheduler/resume",
                Operation.SCHEDULER_CONTROL,
                "lets all jobs go on that are not paused by themselves",
                exchange -> pauseAll(exchange, false))
            .answers(200, SchedulerStatus.class)
            .refuses(503));
  }

  /** What is asked of the jobs. */
  private interface Question<T> {
    T ask() throws JobsException;
  }

  /** What is done with the jobs. */
  private interface Deed {
    void act() throws JobsException;
  }

  private static <T> T told(Question<T> question) throws Problem {
    try {
      return question.ask();
    } catch (JobsException e) {
      String words = String.valueOf(e.getMessage());
      throw new Problem(e.status(), e.field().isEmpty() ? words : e.field() + ": " + words);
    }
  }

  private static void done(Deed deed) throws Problem {
    boolean unused =
        told(
            () -> {
              deed.act();
              return true;
            });
  }

  private static Problem noSuchJob(String name) {
    return new Problem(404, "There is no job " + name);
  }

  private void list(ApiExchange exchange) throws IOException, Problem {
    int runs = exchange.query().number("runs", 0, 0, MOST_RUNS_OF_EACH);
    Page<JobInfo> page = listing.page(told(jobs::jobs), exchange.query());
    if (runs > 0 && page.items().size() > MOST_JOBS_WITH_RUNS) {
      throw new Problem(400, "With runs, limit is " + MOST_JOBS_WITH_RUNS + " at most");
    }
    exchange.json(
        200,
        runs == 0 ? page : new Page<>(told(() -> jobs.withRuns(page.items(), runs)), page.total()));
  }

  private void job(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    int next = exchange.query().number("next", 5, 0, MOST_TIMES);
    exchange.json(200, told(() -> jobs.job(name, next)).orElseThrow(() -> noSuchJob(name)));
  }

  private void runs(ApiExchange exchange) throws IOException, Problem {
    Query query = exchange.query();
    Optional<String> job = query.text("job");
    Optional<String> ended = query.text("outcome");
    Optional<Outcome> outcome =
        ended.isEmpty() ? Optional.empty() : Optional.of(outcome(ended.get()));
    int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
    int limit = query.number("limit", USUAL_RUNS, 0, MOST_RUNS);
    exchange.json(200, told(() -> jobs.runs(job, outcome, offset, limit)));
  }

  private static Outcome outcome(String text) throws Problem {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().toLowerCase(Locale.ROOT).equals(text)) {
        return outcome;
      }
    }
    throw new Problem(400, "outcome is one of ok, error, timeout, crashed");
  }

  private void run(ApiExchange exchange) throws IOException, Problem {
    String number = exchange.parameter("number");
    long id;
    try {
      id = Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw new Problem(404, "There is no run " + number);
    }
    exchange.json(
        200,
        told(() -> jobs.run(id)).orElseThrow(() -> new Problem(404, "There is no run " + number)));
  }

  private void runNow(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    exchange.json(202, new RunAskedAnswer(name, told(() -> jobs.run(name))));
  }

  private void pause(ApiExchange exchange, boolean paused) throws IOException, Problem {
    String name = exchange.parameter("name");
    done(() -> jobs.pause(name, paused));
    exchange.json(200, told(() -> jobs.job(name, 1)).orElseThrow(() -> noSuchJob(name)));
  }

  private void pauseAll(ApiExchange exchange, boolean paused) throws IOException, Problem {
    done(() -> jobs.pauseAll(paused));
    exchange.json(200, told(jobs::status));
  }

  private void preview(ApiExchange exchange) throws IOException, Problem {
    int count = exchange.query().number("count", 10, 0, MOST_TIMES);
    JsonNode body = Json.read(exchange.body(LARGEST_TIMETABLE));
    Timing timing = timing(body);
    exchange.json(200, new TimesAnswer(told(() -> jobs.preview(timing, count))));
  }

  private static Timing timing(JsonNode body) throws Problem {
    if (!body.isObject()) {
      throw new Problem(422, "The body is an object with the fields of a timetable");
    }
    Map<String, String> texts = new TreeMap<>();
    Map<String, Integer> numbers = new TreeMap<>();
    for (var field : body.properties()) {
      JsonNode value = field.getValue();
      if (NUMBERS.contains(field.getKey()) && value.canConvertToInt() && value.isIntegralNumber()) {
        numbers.put(field.getKey(), value.intValue());
      } else if (TEXTS.contains(field.getKey()) && value.isTextual()) {
        texts.put(field.getKey(), value.asText());
      } else if (NUMBERS.contains(field.getKey())) {
        throw new Problem(422, field.getKey() + ": expected a whole number");
      } else if (TEXTS.contains(field.getKey())) {
        throw new Problem(422, field.getKey() + ": expected a text");
      }
    }
    return new Timing(
        type(texts.getOrDefault("job_type", "interval_based")),
        Optional.ofNullable(texts.get("start_date")),
        numbers.getOrDefault("weeks", 0),
        numbers.getOrDefault("days", 0),
        numbers.getOrDefault("hours", 0),
        numbers.getOrDefault("minutes", 0),
        numbers.getOrDefault("seconds", 0),
        numbers.getOrDefault("repeats", 0),
        Optional.ofNullable(texts.get("cron_definition")),
        Optional.ofNullable(texts.get("timezone")));
  }

  private static JobType type(String text) throws Problem {
    for (JobType type : JobType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
        return type;
      }
    }
    throw new Problem(422, "job_type: expected one of interval_based, one_time, cron_style");
  }
}

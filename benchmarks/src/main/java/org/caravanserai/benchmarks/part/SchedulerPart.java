package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.server.Serai;

/** What the scheduler does with many jobs, of which some hundred are due each second. */
public final class SchedulerPart implements Part {

  private static final String NAME = "scheduler";
  private static final int INTERVAL_SECONDS = 40;

  /** Counts, and keeps how late each call was; a call with a number begins afresh and tells. */
  private static final String CLOCK =
      """
      import java.time.Instant;
      import java.util.Arrays;
      import org.caravanserai.api.*;

      @ServiceName("bench.clock")
      public class Clock implements Service<String, String> {
        private final int[] late = new int[1_000_000];
        private int count;

        public synchronized String handle(String input, Context context) {
          Object scheduled = context.headers().get("scheduled_at");
          if (scheduled != null) {
            long millis =
                System.currentTimeMillis() - Instant.parse(scheduled.toString()).toEpochMilli();
            late[count++ % late.length] = (int) millis;
            return "";
          }
          int[] sorted = Arrays.copyOf(late, count);
          Arrays.sort(sorted);
          String told =
              count == 0 ? "0 0 0" : count + " " + sorted[count / 2] + " " + sorted[count * 99 / 100];
          count = 0;
          return told;
        }
      }
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "jobs of an interval of 40 s, spread over its seconds, each run written into the ledger"
        + " (H2) before it begins and into the history when it has ended";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int jobs = bench.effort().pick(10_000, 10_000, 100);
    int seconds = bench.effort().pick(120, 60, 2);
    try (Serai serai = Serai.start(bench, bench.folder("scheduler"))) {
      try (Connection api = serai.manage()) {
        serai.deploy(api, "Clock", CLOCK);
      }
      bench.say(jobs + " jobs");
      long begun = System.nanoTime();
      send(serai, "/config/import", "application/yaml", configuration(jobs));
      double imported = (System.nanoTime() - begun) / 1e9;
      // All of them are in the database after the first interval.
      TimeUnit.SECONDS.sleep(bench.effort().pick(60, 50, 3));
      String unused = told(serai);
      long from = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      String[] figures = told(serai).split(" ", -1);
      double took = (System.nanoTime() - from) / 1e9;
      return List.of(
          Row.of(NAME, "import of %d jobs".formatted(jobs), imported, "s"),
          Row.of(NAME, "runs", Double.parseDouble(figures[0]) / took, "/s")
              .with(Target.atLeast(200)),
          Row.of(NAME, "lateness, p50", Double.parseDouble(figures[1]), "ms"),
          Row.of(NAME, "lateness, p99", Double.parseDouble(figures[2]), "ms")
              .with(Target.below(200)));
    }
  }

  private static String told(Serai serai) throws IOException {
    String answer = send(serai, "/services/bench.clock/invoke", "text/plain", "tell");
    return answer.strip();
  }

  /** By a connection of its own: one that is idle for so long is closed by the server. */
  private static String send(Serai serai, String path, String type, String body)
      throws IOException {
    try (Connection api = serai.manage()) {
      Answer answer = serai.send(api, "POST", path, type, body.getBytes(StandardCharsets.UTF_8));
      if (answer.status() != 200) {
        throw new IOException(path + ": " + answer);
      }
      return answer.body();
    }
  }

  private static String configuration(int jobs) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder yaml = new StringBuilder("scheduler:\n");
    for (int i = 0; i < jobs; i++) {
      String date =
          start.plusSeconds(i % INTERVAL_SECONDS).toString().replace('T', ' ').replace("Z", "");
      yaml.append(
          "  - {name: bench-%d, service: bench.clock, seconds: %d, start_date: '%s'}\n"
              .formatted(i, INTERVAL_SECONDS, date));
    }
    return yaml.toString();
  }
}

package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Crowd;
import org.caravanserai.benchmarks.load.Experience;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.CamelMain;
import org.caravanserai.benchmarks.server.Caravan;
import org.caravanserai.benchmarks.server.Changing;
import org.caravanserai.benchmarks.server.NodeRed;

/** What callers see of redeployments. */
public final class LossPart implements Part {

  private static final String NAME = "loss";
  private static final int CALLERS = 32;
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "200 redeployments in 60 s under 64 keep-alive connections of 50 requests a second each,"
        + " half of them on a neighbour: ours by the admin API, Camel Main by saving the route's"
        + " file, Node-RED by its admin API; what is not 200, reset, or without an answer for 10 s"
        + " is lost";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    Outcome ours;
    Outcome camel;
    Outcome nodeRed;
    try (var server = new Caravan(bench)) {
      ours = measure(bench, server);
    }
    try (var server = new CamelMain(bench)) {
      camel = measure(bench, server);
    }
    try (var server = new NodeRed(bench)) {
      nodeRed = measure(bench, server);
    }
    String peers = "Camel Main %s; Node-RED %s";
    return List.of(
        Row.of(NAME, "lost on the changed route", (double) ours.changed.losses(), "")
            .with(Target.exactly(0))
            .remark(
                "%s; ".formatted(ours.changed.account())
                    + peers.formatted(camel.changed.account(), nodeRed.changed.account())),
        Row.of(NAME, "lost on the neighbour", (double) ours.neighbour.losses(), "")
            .with(Target.exactly(0))
            .remark(
                "%s; ".formatted(ours.neighbour.account())
                    + peers.formatted(camel.neighbour.account(), nodeRed.neighbour.account())),
        Row.of(NAME, "neighbour's p99, with / without", ours.neighbourRatio(), "x")
            .with(Target.atMost(1.1))
            .remark(
                "%s; ".formatted(ours.neighbourTimes())
                    + peers.formatted(camel.neighbourTimes(), nodeRed.neighbourTimes())),
        Row.of(NAME, "change -> serving under this load, p50", ours.latency(), "ms")
            .remark(
                peers.formatted(
                    Figures.text(camel.latency(), "ms"), Figures.text(nodeRed.latency(), "ms"))),
        Row.of(NAME, "changes that did not arrive within 5 s", ours.lateChanges, "")
            .with(Target.exactly(0))
            .remark(peers.formatted(camel.lateChanges, nodeRed.lateChanges)));
  }

  private static Outcome measure(Bench bench, Changing server)
      throws IOException, InterruptedException {
    int port = server.process().port();
    int changes = bench.effort().pick(200, 60, 5);
    bench.say(server.process().name() + ": without changes");
    try (var changed = new Crowd(port, "/changed", CALLERS);
        var neighbour = new Crowd(port, "/neighbour", CALLERS)) {
      // Warm-up, not counted.
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(bench.effort().pick(10, 5, 1)));
      changed.end();
      neighbour.end();
    }
    var outcome = new Outcome();
    try (var changed = new Crowd(port, "/changed", CALLERS);
        var neighbour = new Crowd(port, "/neighbour", CALLERS)) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(bench.effort().pick(30, 10, 1)));
      changed.end();
      outcome.quiet = neighbour.end();
    }
    bench.say(server.process().name() + ": " + changes + " changes");
    try (var changed = new Crowd(port, "/changed", CALLERS);
        var neighbour = new Crowd(port, "/neighbour", CALLERS)) {
      for (int revision = 1; revision <= changes; revision++) {
        long began = System.nanoTime();
        server.change(revision);
        outcome.awaitChange(port, revision, began);
        LockSupport.parkNanos(PERIOD - (System.nanoTime() - began));
      }
      outcome.changed = changed.end();
      outcome.neighbour = neighbour.end();
    }
    return outcome;
  }

  /** What was seen of one server. */
  private static final class Outcome {

    private Experience quiet = new Experience();
    private Experience changed = new Experience();
    private Experience neighbour = new Experience();
    private final Samples latencies = new Samples();
    private int lateChanges;

    private void awaitChange(int port, int revision, long began) {
      String wanted = "\"revision\":" + revision + "}";
      while (System.nanoTime() - began < PATIENCE) {
        try (var connection = new Connection(port, 1_000)) {
          if (connection.get("/changed").body().replace(" ", "").contains(wanted)) {
            latencies.add((System.nanoTime() - began) / 1e6);
            return;
          }
        } catch (IOException | RuntimeException e) {
          // It is counted by the crowd, which meets the same.
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      lateChanges++;
    }

    private double latency() {
      return latencies.size() == 0 ? Double.POSITIVE_INFINITY : latencies.median();
    }

    private double neighbourRatio() {
      return neighbour.millis().p99() / quiet.millis().p99();
    }

    private String neighbourTimes() {
      return "%.2f / %.2f ms".formatted(neighbour.millis().p99(), quiet.millis().p99());
    }
  }
}

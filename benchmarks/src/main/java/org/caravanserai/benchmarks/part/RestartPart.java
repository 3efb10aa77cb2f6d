package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.CamelMain;
import org.caravanserai.benchmarks.server.Installed;
import org.caravanserai.benchmarks.server.NodeRed;
import org.caravanserai.benchmarks.server.Serai;

/** How long a start takes. */
public final class RestartPart implements Part {

  private static final String NAME = "restart";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "from the launch of `bin/karaf` to 200 of `/health/ready`, the median of several: on an"
        + " empty data folder, again on the same, and with 1,000 services";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    Path full = Installed.folder(bench);
    int rounds = bench.effort().pick(5, 2, 1);
    var cold = new Samples();
    var warm = new Samples();
    var many = new Samples();
    var camel = new Samples();
    var nodeRed = new Samples();
    for (int round = 1; round <= rounds; round++) {
      bench.say("round " + round + " of " + rounds);
      Path data = bench.folder("restart");
      cold.add(seconds(bench, data));
      warm.add(seconds(bench, data));
      many.add(seconds(bench, full));
      try (var peer = new CamelMain(bench)) {
        camel.add(peer.process().startMillis() / 1e3);
      }
      try (var peer = new NodeRed(bench)) {
        nodeRed.add(peer.process().startMillis() / 1e3);
      }
    }
    List<Row> rows = new ArrayList<>();
    String peers =
        "Camel Main %s s, Node-RED %s s"
            .formatted(Figures.text(camel.median()), Figures.text(nodeRed.median()));
    rows.add(Row.of(NAME, "cold start -> ready", cold.median(), "s").with(Target.below(6)));
    rows.add(
        Row.of(NAME, "warm start -> ready", warm.median(), "s")
            .with(Target.below(3))
            .remark(peers));
    rows.add(
        Row.of(
                NAME,
                Installed.count(bench) + " services add to a start",
                many.median() - warm.median(),
                "s")
            .with(Target.below(2))
            .remark(Figures.text(many.median(), "s") + " in all"));
    return rows;
  }

  private static double seconds(Bench bench, Path data) throws IOException, InterruptedException {
    try (Serai serai = Serai.start(bench, data)) {
      return serai.process().startMillis() / 1e3;
    }
  }
}

package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;

/** How long an edit of a file with Camel routes takes, and what such files hold. */
public final class RoutesPart implements Part {

  private static final String NAME = "routes";
  private static final double MB = 1024;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a file with one Camel route that serves a path is saved again and again, and then many"
        + " such files are deployed";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int warmUp = bench.effort().pick(200, 100, 2);
    int count = bench.effort().pick(200, 60, 3);
    int files = bench.effort().pick(500, 500, 5);
    try (Serai serai = Serai.start(bench, bench.folder("routes"));
        Connection api = serai.manage()) {
      Samples edits = edits(bench, serai, warmUp, count);
      long before = heapKb(serai);
      bench.say(files + " files");
      for (int i = 0; i < files; i++) {
        serai.deploy(api, "file" + i, route("file" + i, 0));
      }
      double held = (heapKb(serai) - before) / MB;
      return List.of(
          Row.of(NAME, "route file saved -> serving, p50", edits.median(), "ms")
              .with(Target.below(100))
              .remark(
                  String.format(
                      "%d samples, min %.1f, p99 %.1f", edits.size(), edits.min(), edits.p99())),
          Row.of(NAME, "heap of " + files + " route files", held, "MB").with(Target.below(150)));
    }
  }

  private static Samples edits(Bench bench, Serai serai, int warmUp, int count)
      throws IOException, InterruptedException {
    Samples edits = new Samples();
    serai.save("edited.camel.yaml", route("edited", -1));
    serai.awaitAnswer("/edited");
    try (Connection caller = serai.process().connect()) {
      for (int i = 0; i < warmUp + count; i++) {
        if (i == 0 || i == warmUp) {
          bench.say(i == 0 ? "warming up" : "measuring");
        }
        long began = System.nanoTime();
        serai.save("edited.camel.yaml", route("edited", i));
        double millis = (Change.await(caller, "/edited", i) - began) / 1e6;
        if (i >= warmUp) {
          edits.add(millis);
        }
      }
    }
    return edits;
  }

  private static long heapKb(Serai serai) throws IOException, InterruptedException {
    serai.process().collectGarbage();
    serai.process().collectGarbage();
    return serai.process().heapKb();
  }

  private static String route(String path, int revision) {
    return """
    - route:
        id: main
        from:
          uri: platform-http:/%s
          steps:
            - setBody:
                constant: '{"revision":%d}'
    """
        .formatted(path, revision);
  }
}

package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.server.Installed;
import org.caravanserai.benchmarks.server.Launched;
import org.caravanserai.benchmarks.server.Serai;

/** What a server and its idle services hold. */
public final class MemoryPart implements Part {

  private static final String NAME = "memory";
  private static final double MB = 1024;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "resident memory and used heap of a server that was started again, with no service and"
        + " with 1,000 idle ones, after a garbage collection";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    Path empty = bench.folder("memory");
    Serai.start(bench, empty).close();
    int services = Installed.count(bench);
    Path full = Installed.folder(bench);
    bench.say("an empty server");
    State none = measure(bench, empty);
    bench.say("one with " + services + " services");
    State many = measure(bench, full);
    double residentEach = (double) (many.settledKb - none.settledKb) / services;
    double heapEach = (double) (many.heapKb - none.heapKb) / services;
    return List.of(
        Row.of(NAME, "RSS after start", none.startKb / MB, "MB").with(Target.below(300)),
        Row.of(NAME, "RSS, no service", none.settledKb / MB, "MB")
            .remark(String.format("heap %.1f MB", none.heapKb / MB)),
        Row.of(NAME, "RSS, " + services + " idle services", many.settledKb / MB, "MB")
            .remark(String.format("heap %.1f MB", many.heapKb / MB)),
        Row.of(NAME, "RSS of an idle service", residentEach, "KB").with(Target.below(96)),
        Row.of(NAME, "heap of an idle service", heapEach, "KB"));
  }

  private static State measure(Bench bench, Path data) throws IOException, InterruptedException {
    try (Serai serai = Serai.start(bench, data)) {
      Launched process = serai.process();
      Thread.sleep(bench.effort().pick(20_000, 15_000, 2_000));
      long start = process.residentKb();
      process.collectGarbage();
      process.collectGarbage();
      Thread.sleep(1_000);
      return new State(start, process.residentKb(), process.heapKb());
    }
  }

  /**
   * What a server holds, in KB.
   *
   * @param startKb resident, when it has settled after its start
   * @param settledKb resident, after a collection
   * @param heapKb used heap, after a collection
   */
  private record State(long startKb, long settledKb, long heapKb) {}
}

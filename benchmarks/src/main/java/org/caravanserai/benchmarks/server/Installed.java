package org.caravanserai.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.load.Connection;

/** A data folder with many services installed, made once a run. */
public final class Installed {

  private Installed() {}

  /** How many services it has. */
  public static int count(Bench bench) {
    return bench.effort().pick(1000, 1000, 20);
  }

  /** The data folder; nobody else may use it at the same time. */
  public static Path folder(Bench bench) throws IOException, InterruptedException {
    Path data = bench.work().resolve("installed");
    if (!Files.exists(data)) {
      int count = count(bench);
      bench.say("installing " + count + " services");
      try (Serai serai = Serai.start(bench, data);
          Connection api = serai.manage()) {
        for (int i = 0; i < count; i++) {
          serai.deploy(api, "installed-" + i, Sources.echo("installed.s" + i, "Echo" + i, i));
        }
      }
    }
    return data;
  }
}

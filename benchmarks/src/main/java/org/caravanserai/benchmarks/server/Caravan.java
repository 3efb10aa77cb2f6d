package org.caravanserai.benchmarks.server;

import java.io.IOException;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.load.Connection;

/** A server of ours with two services that tell their revision. */
public final class Caravan implements Changing {

  private final Serai serai;

  /** Starts it. */
  public Caravan(Bench bench) throws IOException, InterruptedException {
    serai = Serai.start(bench, bench.folder("caravan"));
    try (Connection api = serai.manage()) {
      serai.deploy(api, "Neighbour", Sources.revision("neighbour", "Neighbour", 0));
    }
    change(0);
    serai.save(
        "serai.yaml",
        "channel_rest:\n"
            + Sources.channel("changed", "changed")
            + Sources.channel("neighbour", "neighbour"));
    serai.awaitAnswer("/changed");
    serai.awaitAnswer("/neighbour");
  }

  @Override
  public Launched process() {
    return serai.process();
  }

  @Override
  public void change(int revision) throws IOException {
    // The server closes a connection that is idle for 30 s, as while nothing is changed.
    try (Connection api = serai.manage()) {
      serai.deploy(api, "Changed", Sources.revision("changed", "Changed", revision));
    }
  }

  @Override
  public void close() {
    serai.close();
  }
}

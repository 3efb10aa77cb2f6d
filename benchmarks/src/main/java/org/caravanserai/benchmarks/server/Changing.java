package org.caravanserai.benchmarks.server;

import java.io.IOException;

/**
 * A server with two paths that tell their revision: {@code /changed}, which is replaced under load,
 * and {@code /neighbour}, which is not.
 */
public interface Changing extends AutoCloseable {

  /** Its process. */
  Launched process();

  /** Replaces what answers {@code /changed}; it may return before the new revision answers. */
  void change(int revision) throws IOException;

  @Override
  void close();
}

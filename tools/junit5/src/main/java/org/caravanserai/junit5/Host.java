package org.caravanserai.junit5;

import org.jspecify.annotations.Nullable;

/** Where the services of a test run. */
interface Host extends AutoCloseable {

  /** Calls a service. */
  <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type);

  /** The parts that only a server in memory has. */
  Memory memory();

  @Override
  void close();
}

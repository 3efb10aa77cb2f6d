package org.caravanserai.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** Counts the calls through one outgoing connection. */
@ProviderType
public interface ConnectionMeter extends AutoCloseable {

  /**
   * Counts a call that was answered.
   *
   * @param status the HTTP status
   * @param nanos how long it took
   */
  void answered(int status, long nanos);

  /**
   * Counts a call without an answer.
   *
   * @param nanos how long it took
   */
  void failed(long nanos);

  /** Forgets the connection. */
  @Override
  void close();
}

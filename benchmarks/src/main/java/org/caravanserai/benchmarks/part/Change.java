package org.caravanserai.benchmarks.part;

import java.io.IOException;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;

/** Waits for a new revision, calling in a tight loop. */
final class Change {

  private static final long LIMIT_NANOS = 15_000_000_000L;

  private Change() {}

  /**
   * Calls a path until the answer has the revision.
   *
   * @return when it was there, by {@link System#nanoTime}
   */
  static long await(Connection connection, String path, int revision) throws IOException {
    String wanted = "\"revision\":" + revision + "}";
    long began = System.nanoTime();
    while (true) {
      Answer answer = connection.get(path);
      long now = System.nanoTime();
      if (answer.status() == 200 && answer.body().replace(" ", "").contains(wanted)) {
        return now;
      }
      if (now - began > LIMIT_NANOS) {
        throw new IOException("revision " + revision + " does not come; last: " + answer);
      }
    }
  }
}

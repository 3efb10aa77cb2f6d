package org.caravanserai.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads something long slowly and remembers how it ended. */
final class Reader {

  private final InputStream from;
  private final StringBuilder end = new StringBuilder();
  private int count;

  Reader(InputStream from) {
    this.from = from;
  }

  void readSlowly() throws IOException {
    byte[] block = new byte[64 * 1024];
    for (int read = from.read(block); read >= 0; read = from.read(block)) {
      count += read;
      end.append(new String(block, 0, read, StandardCharsets.UTF_8).replace("x", ""));
      if (read > 1000) {
        pause(20);
      }
    }
  }

  /** How much it was. */
  int count() {
    return count;
  }

  /** What was in it beside filling. */
  String end() {
    return end.toString();
  }

  /** Lets a caller be slow. */
  static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}

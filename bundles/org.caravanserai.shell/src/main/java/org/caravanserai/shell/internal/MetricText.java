package org.caravanserai.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.caravanserai.metrics.Metrics;

/** The metrics in Prometheus' text format, by line. */
final class MetricText {

  private static final int NAME = 2;

  private MetricText() {}

  static Stream<String> of(Metrics metrics) throws IOException {
    var text = new ByteArrayOutputStream();
    metrics.write(null, text);
    return text.toString(StandardCharsets.UTF_8).lines();
  }

  /** The metric that a line is about: {@code # HELP NAME ...}, or {@code NAME{...} VALUE}. */
  static String name(String line) {
    String[] words = line.split("[ {]", NAME + 2);
    return line.startsWith("#") && words.length > NAME ? words[NAME] : words[0];
  }
}

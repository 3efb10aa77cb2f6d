package org.caravanserai.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of wrk, one thread and 32 connections.
 *
 * @param perSecond answers
 * @param p99Millis of the time an answer took
 * @param errors answers that are not 2xx or 3xx, and socket errors
 */
public record Wrk(double perSecond, double p99Millis, long errors) {

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKETS =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  /**
   * Runs it.
   *
   * @param core the core it may use
   * @param script what it sends, in Lua
   */
  public static Wrk run(int core, int seconds, Path script, int port, String path)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    command.addAll(List.of("wrk", "-t1", "-c32", "--latency", "-d" + seconds + "s"));
    command.addAll(List.of("-s", script.toString(), "http://127.0.0.1:" + port + path));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("wrk: " + output);
    }
    return parse(output);
  }

  /** Reads what wrk prints. */
  static Wrk parse(String output) throws IOException {
    Matcher rate = RATE.matcher(output);
    Matcher p99 = P99.matcher(output);
    if (!rate.find() || !p99.find()) {
      throw new IOException("not what wrk prints: " + output);
    }
    double scale =
        switch (p99.group(2)) {
          case "us" -> 0.001;
          case "ms" -> 1;
          default -> 1000;
        };
    long errors = 0;
    Matcher status = STATUS.matcher(output);
    if (status.find()) {
      errors += Long.parseLong(status.group(1));
    }
    Matcher sockets = SOCKETS.matcher(output);
    if (sockets.find()) {
      for (int group = 1; group <= 4; group++) {
        errors += Long.parseLong(sockets.group(group));
      }
    }
    return new Wrk(
        Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * scale, errors);
  }
}

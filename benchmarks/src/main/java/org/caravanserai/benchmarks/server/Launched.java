package org.caravanserai.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanserai.benchmarks.load.Connection;

/** A server that runs, in a process of its own. */
public final class Launched implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 5;
  private static final int ANSWER_MILLIS = 5_000;
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");

  private final Launch launch;
  private final Process process;
  private final double startMillis;

  private Launched(Launch launch) throws IOException, InterruptedException {
    this.launch = launch;
    var builder = new ProcessBuilder(launch.command());
    builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
    builder.environment().putAll(launch.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(launch.log().toFile());
    long began = System.nanoTime();
    process = builder.start();
    try {
      awaitReady(began + START.toNanos());
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    startMillis = (System.nanoTime() - began) / 1e6;
  }

  /** Starts a server and waits until it is ready. */
  static Launched start(Launch launch) throws IOException, InterruptedException {
    return new Launched(launch);
  }

  private void awaitReady(long deadline) throws IOException, InterruptedException {
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            launch.name() + " does not get ready:\n" + Files.readString(launch.log()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady() {
    try (var connection = new Connection(launch.port(), ANSWER_MILLIS)) {
      return connection.get(launch.ready()).status() == 200;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Its name, for people. */
  public String name() {
    return launch.name();
  }

  /** The port of its traffic. */
  public int port() {
    return launch.port();
  }

  /** How long it took from launch to ready, in milliseconds. */
  public double startMillis() {
    return startMillis;
  }

  /** A new connection to its traffic port. */
  public Connection connect() throws IOException {
    return new Connection(launch.port(), ANSWER_MILLIS);
  }

  /** Lets all its threads run on these cores only, for example {@code 0} or {@code 0,1}. */
  public void pin(String cores) throws IOException, InterruptedException {
    run(List.of("taskset", "-apc", cores, Long.toString(process.pid())));
  }

  /** Its resident memory, in KB. */
  public long residentKb() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return number(RSS, Files.readString(status));
  }

  /** Collects the garbage of a JVM. */
  public void collectGarbage() throws IOException, InterruptedException {
    jcmd("GC.run");
  }

  /** The used heap of a JVM, in KB. */
  public long heapKb() throws IOException, InterruptedException {
    return number(HEAP, jcmd("GC.heap_info"));
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return run(List.of(jcmd.toString(), Long.toString(process.pid()), command));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  /** Stops it in order, and for good when that does not help. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

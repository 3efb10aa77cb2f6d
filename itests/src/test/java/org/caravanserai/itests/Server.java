package org.caravanserai.itests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A server in its own process, on free ports of the loopback address, with its own data folder. */
public final class Server implements AutoCloseable {

  /** The password of {@code admin} on servers that tests start. */
  public static final String PASSWORD = "a-password-for-tests";

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofMinutes(3);

  private final Path distribution;
  private final List<String> through;
  private final Path data;
  private final Map<String, String> environment;
  private final int httpPort;
  private final int managementPort;
  private final int sshPort;
  private final int brokerPort;
  private Process process;

  private Server(Path distribution, List<String> through, Path data, Map<String, String> settings)
      throws IOException {
    this.distribution = distribution;
    this.through = through;
    this.data = data;
    int[] ports = freePorts(4);
    httpPort = ports[0];
    managementPort = ports[1];
    sshPort = ports[2];
    brokerPort = ports[3];
    environment = new HashMap<>();
    environment.put("SERAI_DATA", data.toString());
    environment.put("SERAI_HTTP_PORT", Integer.toString(httpPort));
    environment.put("SERAI_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("SERAI_SSH_PORT", Integer.toString(sshPort));
    environment.put("SERAI_BROKER_PORT", Integer.toString(brokerPort));
    environment.put("SERAI_ADMIN_PASSWORD", PASSWORD);
    environment.put("SERAI_STOP_DELAY", "0");
    environment.putAll(settings);
    process = launch();
  }

  /** Starts a server on an empty data folder and waits until it is ready. */
  public static Server start() {
    return start(newFolder(), Map.of());
  }

  /** Starts a server of the built distribution and waits until it is ready. */
  public static Server start(Path data, Map<String, String> settings) {
    return start(distribution(), data, settings);
  }

  /** Starts a server of any distribution and waits until it is ready. */
  public static Server start(Path distribution, Path data, Map<String, String> settings) {
    Server server = begin(distribution, List.of(), data, settings);
    server.awaitReady();
    return server;
  }

  /** Begins to start a server of the built distribution, and does not wait. */
  static Server begin(Path data) {
    return begin(distribution(), List.of(), data, Map.of());
  }

  /** Begins to start a server of any distribution, and does not wait. */
  static Server begin(Path distribution, Path data, Map<String, String> settings) {
    return begin(distribution, List.of(), data, settings);
  }

  /** Starts a server whose data folder is all of a small disk, and waits until it is ready. */
  static Server start(SmallDisk disk) {
    Server server =
        begin(
            distribution(),
            disk.enter(),
            disk.folder(),
            Map.of("SERAI_DATA", disk.mountPoint().toString()));
    server.awaitReady();
    return server;
  }

  private static Server begin(
      Path distribution, List<String> through, Path data, Map<String, String> settings) {
    try {
      return new Server(distribution, through, data, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exploded distribution. */
  public static Path distribution() {
    return Path.of(System.getProperty("serai.distribution")).toAbsolutePath().normalize();
  }

  /** An empty folder of its own for one test. */
  public static Path newFolder() {
    try {
      Path work = Path.of(System.getProperty("serai.work"));
      Files.createDirectories(work);
      return Files.createTempDirectory(work, "server-" + COUNTER.incrementAndGet() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address on the traffic listener. */
  public URI traffic(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  /** An address on the management listener. */
  public URI management(String path) {
    String scheme = environment.containsKey("SERAI_MANAGEMENT_TLS_CERTIFICATE") ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + managementPort + path);
  }

  /** Talks to it over HTTP. */
  public Client client() {
    return new Client(this);
  }

  public int sshPort() {
    return sshPort;
  }

  public int brokerPort() {
    return brokerPort;
  }

  public List<Integer> ports() {
    return List.of(httpPort, managementPort, sshPort, brokerPort);
  }

  public Path data() {
    return data;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Writes a file into the watched folder as editors do: beside it first, then by a rename. */
  public Path save(String fileName, String content) {
    return save(fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same, with any bytes. */
  public Path save(String fileName, byte[] content) {
    try {
      Path folder = data.resolve("deploy");
      Files.createDirectories(folder);
      Path temporary = folder.resolve("." + fileName + ".tmp");
      Files.write(temporary, content);
      return Files.move(temporary, folder.resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a script of the distribution prints and how it ends. */
  public ScriptResult run(String script, String... arguments) {
    return run(Duration.ofSeconds(60), script, arguments);
  }

  /** The same, with a time limit. */
  public ScriptResult run(Duration limit, String script, String... arguments) {
    return ScriptResult.of(
        distribution.resolve(script), Arrays.asList(arguments), environment, limit);
  }

  /** Stops it in good order and waits for its end. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends it as a power cut would. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again on the same data and ports; further arguments go to {@code bin/karaf}. */
  public void restart(String... arguments) {
    begin(arguments);
    awaitReady();
  }

  /** The same, but does not wait until it is ready. */
  void begin(String... arguments) {
    if (process.isAlive()) {
      stop();
    }
    try {
      process = launch(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  /** Everything it printed. */
  public String output() {
    try {
      return Files.readString(console());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text log. */
  public String log() {
    try {
      return Files.readString(data.resolve("log/serai.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the log has of warnings and errors, without stacks. */
  private String complaints() {
    if (!Files.exists(data.resolve("log/serai.log"))) {
      return "no log was written";
    }
    return log()
        .lines()
        .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
        .collect(Collectors.joining("\n"));
  }

  private Path console() {
    return data.resolveSibling(data.getFileName() + ".console");
  }

  private Process launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(through);
    command.add(distribution.resolve("bin/karaf").toString());
    command.addAll(Arrays.asList(arguments));
    command.add("server");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
    return builder.start();
  }

  /** Waits until it is ready. */
  void awaitReady() {
    Client client = client();
    try {
      await("the server is ready")
          .atMost(START)
          .pollInterval(Duration.ofMillis(100))
          .failFast("the server has ended", () -> !process.isAlive())
          .until(client::isReady);
    } catch (RuntimeException e) {
      kill();
      throw new AssertionError("not ready: " + output() + "\n" + complaints(), e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not stop within " + STOP.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}

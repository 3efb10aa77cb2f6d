package org.caravanserai.benchmarks.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;

/** A server of ours, of the built distribution. */
public final class Serai implements AutoCloseable {

  private static final int ANSWER_MILLIS = 30_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Launched launched;
  private final Path data;
  private final int managementPort;
  private final int brokerPort;
  private final String authorization;

  private Serai(Launched launched, Path data, int managementPort, int brokerPort)
      throws IOException {
    this.launched = launched;
    this.data = data;
    this.managementPort = managementPort;
    this.brokerPort = brokerPort;
    String token = Files.readString(data.resolve("security/token")).strip();
    authorization = "Authorization: Bearer " + token + "\r\n";
  }

  /** Starts one on a data folder, new or used, and waits until it is ready. */
  public static Serai start(Bench bench, Path data) throws IOException, InterruptedException {
    List<Integer> ports = Ports.free(4);
    Map<String, String> environment = new HashMap<>();
    environment.put("SERAI_DATA", data.toString());
    environment.put("SERAI_DEPLOY_DIRS", data.resolve("deploy").toString());
    environment.put("SERAI_HTTP_PORT", ports.get(0).toString());
    environment.put("SERAI_MANAGEMENT_PORT", ports.get(1).toString());
    environment.put("SERAI_SSH_PORT", ports.get(2).toString());
    environment.put("SERAI_BROKER_PORT", ports.get(3).toString());
    environment.put("SERAI_ADMIN_PASSWORD", "a-password-for-benchmarks");
    environment.put("SERAI_STOP_DELAY", "0");
    Files.createDirectories(data);
    List<String> command = List.of(bench.distribution().resolve("bin/karaf").toString(), "daemon");
    Path log = data.resolveSibling(data.getFileName() + ".log");
    var launch =
        new Launch("Caravanserai", command, environment, log, ports.get(0), "/health/ready");
    return new Serai(Launched.start(launch), data, ports.get(1), ports.get(3));
  }

  /** Its process. */
  public Launched process() {
    return launched;
  }

  /** The port of its message broker. */
  public int brokerPort() {
    return brokerPort;
  }

  /** A new connection to its admin API. */
  public Connection manage() throws IOException {
    return new Connection(managementPort, ANSWER_MILLIS);
  }

  /** Deploys a source or a jar through the admin API. */
  public Answer deploy(Connection api, String name, byte[] body) throws IOException {
    String type = "Content-Type: application/octet-stream\r\n";
    return api.send("POST", "/api/v1/deployments/" + name, authorization + type, body);
  }

  /** A request to the admin API. */
  public Answer send(Connection api, String method, String path, String type, byte[] body)
      throws IOException {
    String content = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    return api.send(method, "/api/v1" + path, authorization + content, body);
  }

  /** Whether the current revision of a deployment is a bundle. */
  public boolean isBundle(Connection api, String name) throws IOException {
    return get(api, "/deployments/" + name).path("bundle").isNumber();
  }

  /** The same with a source, which must go live. */
  public void deploy(Connection api, String name, String source) throws IOException {
    Answer answer = deploy(api, name, source.getBytes(StandardCharsets.UTF_8));
    if (answer.status() / 100 != 2) {
      throw new IOException(name + ": " + answer);
    }
  }

  /** A GET on the admin API. */
  public JsonNode get(Connection api, String path) throws IOException {
    Answer answer = api.send("GET", "/api/v1" + path, authorization, new byte[0]);
    return JSON.readTree(answer.body());
  }

  /** Saves a file in the watched folder as editors do: beside it first, then by a rename. */
  public void save(String name, String content) throws IOException {
    Path folder = Files.createDirectories(data.resolve("deploy"));
    Path temporary = folder.resolve("." + name + ".tmp");
    Files.writeString(temporary, content);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until a path of its traffic port answers 200. */
  public void awaitAnswer(String path) throws IOException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try (Connection connection = launched.connect()) {
        Answer answer = connection.get(path);
        if (answer.status() == 200) {
          return;
        }
        if (tries == 200) {
          throw new IOException(path + ": " + answer);
        }
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    launched.close();
  }
}

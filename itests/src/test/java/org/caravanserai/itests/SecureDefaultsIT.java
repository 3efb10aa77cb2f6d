package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fresh server opens, trusts and lets be read. */
@ExtendWith(ServerExtension.class)
class SecureDefaultsIT {

  private final Server server;
  private final Client client;

  SecureDefaultsIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void onlyThePortsOfTheContractAreOpenAndOnLoopback() throws IOException {
    Set<String> expected =
        server.ports().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.toSet());
    assertThat(listening(server.pid())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/deployments",
        "/services",
        "/health",
        "/config/files",
        "/shell",
        "/nothing",
        "/../x",
        "/"
      })
  void theAdminApiAnswersNobodyWithoutCredentials(String path) {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(server.management("/api/v1" + path)));
    assertThat(response.statusCode()).isIn(400, 401);
  }

  @Test
  void aWrongPasswordIsRefused() {
    // Once only: after some failures the right one would have to wait, too.
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(server.management("/api/v1/services"))
                .header("Authorization", Client.basic("admin", "wrong")));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void theAdminApiRefusesPagesOfOtherSites() {
    HttpResponse<String> response =
        client.send(client.api("/services").header("Origin", "http://elsewhere.example"));
    assertThat(response.statusCode()).isEqualTo(403);
    for (String site : List.of("cross-site", "same-site", "none", "SAME-ORIGIN ")) {
      assertThat(fromElsewhere(site)).as(site).isEqualTo(403);
    }
    // A page of the host that it was sent to, which a proxy has changed on the way.
    assertThat(fromElsewhere("same-origin")).isEqualTo(200);
  }

  @Test
  void whoseBodyIsNotReadIsToldThatTheConnectionEnds() {
    HttpRequest.Builder unread =
        client.api("/secrets/x").header("Origin", "http://elsewhere.example");
    HttpResponse<String> refused = client.send(unread.PUT(BodyPublishers.ofString("x")));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Connection")).contains("close");
    HttpResponse<String> read = client.deploy(Sources.unique("Refused"), "class {");
    assertThat(read.statusCode()).isEqualTo(422);
    assertThat(read.headers().firstValue("Connection")).isEmpty();
    HttpResponse<String> without = client.apiGet("/services/none.such");
    assertThat(without.statusCode()).isEqualTo(404);
    assertThat(without.headers().firstValue("Connection")).isEmpty();
  }

  private int fromElsewhere(String fetchSite) {
    return client
        .send(
            client
                .api("/services")
                .headers("Origin", "http://elsewhere.example", "Sec-Fetch-Site", fetchSite))
        .statusCode();
  }

  @Test
  void theListenersServeNothingOfEachOther() {
    assertThat(client.get("/api/v1/services").statusCode()).isEqualTo(404);
    assertThat(client.get("/metrics").statusCode()).isEqualTo(404);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(server.management("/health/ready"))
                        .header("Authorization", Client.basic("admin", Server.PASSWORD)))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void whatIsNotThereIsAProblemDocument() {
    HttpResponse<String> response = client.apiGet("/no/such/thing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Client.json(response).path("cid").asText())
        .isEqualTo(response.headers().firstValue("X-Serai-CID").orElseThrow());
  }

  @Test
  void secretsLieInFilesOfTheirOwnerOnly() throws IOException {
    assertThat(mode(server.data())).isEqualTo("rwx------");
    assertThat(mode(server.data().resolve("security/token"))).isEqualTo("rw-------");
    assertThat(mode(server.data().resolve("security/users.properties"))).isEqualTo("rw-------");
  }

  @Test
  void thePasswordIsStoredNowhere() throws IOException {
    try (Stream<Path> files = Files.walk(server.data())) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> contains(file, Server.PASSWORD))
              .toList();
      assertThat(found).isEmpty();
    }
  }

  @Test
  void errorsSayNothingOfTheServersMakeOrInside() {
    HttpResponse<String> response = client.get("/no/such/path");
    assertThat(response.headers().firstValue("Server")).isEmpty();
    assertThat(response.body()).doesNotContainIgnoringCase("jetty");
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (IOException e) {
      // A file that went away meanwhile holds nothing.
      return false;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** The listening TCP sockets of a process, from what Linux shows of them. */
  private static Set<String> listening(long pid) throws IOException {
    Set<String> inodes = new TreeSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring(8, target.length() - 1));
          }
        }
      }
    }
    Set<String> addresses = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
        String[] fields = line.trim().split("\\s+", -1);
        if (fields.length > 9 && fields[3].equals("0A") && inodes.contains(fields[9])) {
          addresses.add(address(fields[1]));
        }
      }
    }
    return addresses;
  }

  private static String address(String hex) {
    String[] parts = hex.split(":", -1);
    int port = Integer.parseInt(parts[1], 16);
    // The same loopback address, as IPv4 and as IPv6 write it.
    boolean loopback =
        parts[0].equals("0100007F") || parts[0].equals("0000000000000000FFFF00000100007F");
    return (loopback ? "127.0.0.1" : parts[0]) + ":" + port;
  }
}

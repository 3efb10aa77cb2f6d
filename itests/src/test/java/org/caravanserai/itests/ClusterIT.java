package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.sql.postgres.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two servers on one PostgreSQL: a job each second, of which each time begins once, whoever is
 * killed or frozen, and a folder that both see. What began the service itself writes down, beside
 * the database.
 */
class ClusterIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long the one that runs the jobs is frozen, beyond the end of its lease. */
  private static final Duration FROZEN = Duration.ofSeconds(Length.of(12, 90));

  private static Postgres postgres;

  /** Lets both publish what comes into one folder, each to its own broker. */
  private static final String FOLDER =
      """
      security:
        - {name: shop, type: basic_auth, username: shop, password: shop}
      pubsub_permission:
        - {security: shop, pub: [orders]}
      pubsub_queue:
        - {name: orders}
      pubsub_folder:
        - {name: drop, directory: "%s", topic: orders, security: shop}
      """;

  private static Path seen;
  private static Path inbox;
  private static Server one;
  private static Server two;

  @BeforeAll
  static void start() throws IOException {
    postgres = new Postgres();
    seen = Server.newFolder().resolve("seen");
    Files.createFile(seen);
    inbox = Files.createDirectories(seen.resolveSibling("inbox"));
    Map<String, String> shared =
        Map.of(
            "SERAI_DATABASE_URL", postgres.url(),
            "SERAI_DATABASE_USERNAME", Postgres.USER,
            "SERAI_DATABASE_PASSWORD", Postgres.PASSWORD);
    one = Server.start(Server.newFolder(), shared);
    two = Server.start(Server.newFolder(), shared);
    for (Server server : List.of(one, two)) {
      String source =
          Sources.service(
              "cluster.note",
              "String",
              "String",
              """
              java.nio.file.Files.writeString(
                  java.nio.file.Path.of("%s"),
                  context.headers().get("scheduled_at") + "\\n",
                  java.nio.file.StandardOpenOption.APPEND);
              return "";
              """
                  .formatted(seen));
      assertThat(server.client().deploy("Note", source).statusCode()).isEqualTo(201);
      HttpResponse<String> made =
          server
              .client()
              .send(
                  server
                      .client()
                      .api("/objects/scheduler/each-second")
                      .PUT(BodyPublishers.ofString("service: cluster.note\nseconds: 1\n")));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      HttpResponse<String> imported =
          server
              .client()
              .send(
                  server
                      .client()
                      .api("/config/import")
                      .POST(BodyPublishers.ofString(FOLDER.formatted(inbox))));
      assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    for (Server server : new Server[] {one, two}) {
      if (server != null) {
        server.close();
      }
    }
    postgres.close();
  }

  private static JsonNode status(Server server) {
    return Client.json(server.client().apiGet("/scheduler"));
  }

  private static boolean isLeading(Server server) {
    return status(server).path("isLeading").asBoolean();
  }

  private static List<String> times() {
    try {
      return Files.readAllLines(seen);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitMore(int count) {
    int before = times().size();
    await().atMost(PATIENCE).until(() -> times().size() >= before + count);
  }

  private static void signal(Server server, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static long depth(Server server) {
    return Client.json(server.client().apiGet("/pubsub/queues?name=orders"))
        .path("items")
        .path(0)
        .path("depth")
        .asLong(-1);
  }

  private static boolean areDone(int count) throws IOException {
    Path done = inbox.resolve(".done");
    if (!Files.isDirectory(done)) {
      return false;
    }
    try (Stream<Path> files = Files.list(done)) {
      return files.count() == count;
    }
  }

  private static void drop(String prefix, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.writeString(inbox.resolve(prefix + i), "order " + i);
    }
  }

  @Test
  void eachFileIsPublishedOnceWhoeverIsKilled() throws IOException {
    drop("first", 50);
    await().atMost(PATIENCE).until(() -> areDone(50));
    Server taker = depth(one) > 0 ? one : two;
    Server other = taker == one ? two : one;
    assertThat(depth(other)).isZero();
    await().atMost(PATIENCE).until(() -> depth(taker) == 50);

    taker.kill();
    drop("second", 50);
    await().atMost(PATIENCE).until(() -> areDone(100));
    taker.restart();
    drop("third", 20);
    await().atMost(PATIENCE).until(() -> areDone(120));
    await().atMost(PATIENCE).until(() -> depth(taker) == 50);
    await().atMost(PATIENCE).until(() -> depth(other) == 70);
  }

  @Test
  void eachTimeBeginsOnceWhoeverIsFrozenOrKilled() throws Exception {
    await().atMost(PATIENCE).until(() -> isLeading(one) != isLeading(two));
    awaitMore(3);
    Server leader = isLeading(one) ? one : two;
    Server other = leader == one ? two : one;
    long number = status(other).path("leaseNumber").asLong();

    signal(leader, "STOP");
    try {
      await().atMost(PATIENCE).until(() -> isLeading(other));
      awaitMore((int) FROZEN.toSeconds() - 8);
    } finally {
      signal(leader, "CONT");
    }
    awaitMore(3);
    assertThat(isLeading(other)).isTrue();
    await().atMost(PATIENCE).until(() -> !isLeading(leader));
    assertThat(status(leader).path("leaseNumber").asLong()).isGreaterThan(number);
    assertThat(times()).doesNotHaveDuplicates();

    other.kill();
    await().atMost(PATIENCE).until(() -> isLeading(leader));
    awaitMore(3);
    other.restart();
    awaitMore(3);

    assertThat(isLeading(leader)).isTrue();
    assertThat(times()).as("each time once").doesNotHaveDuplicates();
    JsonNode runs = Client.json(other.client().apiGet("/scheduler/runs?limit=1000")).path("items");
    assertThat(runs.findValuesAsText("scheduledAt")).doesNotHaveDuplicates();
    assertThat(leader.log()).contains("This server runs the jobs");
  }
}

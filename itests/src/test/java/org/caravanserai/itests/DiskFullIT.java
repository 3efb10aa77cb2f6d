package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server whose disk is full says so, serves on what it has, and goes on when there is space
 * again.
 */
class DiskFullIT {

  private static final Logger LOG = LoggerFactory.getLogger(DiskFullIT.class);
  private static final int MEGABYTES = 192;
  private static final String POSTED = "posted";
  private static final String SAVED = "Saved";

  /** So many that one of them can't be deleted any more when less than a page is left. */
  private static final int SMALL = 40;

  private final SmallDisk disk = new SmallDisk(MEGABYTES);
  private final Server server = Server.start(disk);
  private final Client client = server.client();
  private final TreeMap<String, String> live = new TreeMap<>();
  private final TreeMap<String, Integer> revisions = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private int made;
  private int answered;
  private int refused;

  @AfterEach
  void end() {
    server.close();
    disk.close();
  }

  @Test
  void aFullDiskRefusesChangesAndLosesNothing() {
    server.save("serai.yaml", Sources.channel(POSTED, POSTED, "/posted") + anyService());
    deployUntilRefused(POSTED, 1);
    deployUntilRefused(POSTED, 1);
    String file = Sources.constant(SAVED, "saved");
    server.save(SAVED + ".java", file);
    await().until(() -> invoke(SAVED).equals("saved"));
    live.put(SAVED, "saved");
    revisions.put(SAVED, 1);
    await().until(() -> client.get("/posted").statusCode() == 200);

    try (Load load = new Load(server)) {
      load.callers("posted", 4, "/posted", POSTED + " [0-9]+");
      fillTheDisk();
      nothingChanges();
      assertThat(savedFile()).hasContent(file);
      disk.free();
      everythingChangesAgain();

      fillTheDisk();
      nothingChanges();
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    server.kill();
    disk.free();
    int logged = server.log().length();
    server.restart();
    assertAllIsLive();
    assertThat(server.log().substring(logged).lines()).noneMatch(line -> line.contains(" ERROR "));
    everythingChangesAgain();
    LOG.info(
        "{\"test\":\"DiskFullIT\",\"answeredLive\":{},\"refused\":{},\"revisions\":{}}",
        answered,
        refused,
        revisions.values().stream().mapToInt(each -> each).sum());
  }

  /**
   * A channel to all services: what can't be recorded in the audit, the admin API does not call.
   */
  private static String anyService() {
    String small =
        IntStream.range(0, SMALL).mapToObj(i -> "small" + i).collect(Collectors.joining(", "));
    return Sources.channel(
            "any",
            POSTED,
            "/any/{service}",
            "gateway_service_list: [" + small + ", " + SAVED + ", another, gone]")
        .replaceFirst("channel_rest:\n", "");
  }

  /** Fills it to the last byte, the room that the store made ahead included. */
  private void fillTheDisk() {
    for (int i = 0; i < SMALL; i++) {
      String name = "small" + i;
      String answer = "small " + ++made;
      answeredLive(name, answer, client.deploy(name, Sources.constant(name, answer)));
    }
    disk.fill();
    deployUntilRefused(POSTED, 1000);
    // What could not be written was given back, so that less than one deployment fits now.
    disk.fill();
  }

  private void nothingChanges() {
    assertFull(deploy(POSTED));
    assertFull(deploy("another"));
    assertThat(client.apiGet("/deployments/another").statusCode()).isEqualTo(404);
    assertFull(client.apiPost("/deployments/" + POSTED + "/rollback", "{\"revision\":1}"));
    deleteUntilRefused();
    assertFull(delete(POSTED));
    assertFull(delete(SAVED));
    HttpResponse<String> broken = client.deploy(POSTED, "public class Broken { int x = ; }");
    // What can't be recorded in the audit is not even tried.
    assertThat(broken.statusCode()).as(broken.body()).isIn(422, 507);
    HttpResponse<String> thrower =
        client.deploy(
            POSTED,
            Sources.constant(POSTED, "x")
                .replaceFirst(
                    "@Override", "public Sample() { throw new Error(\"no luck\"); } @Override"));
    assertThat(thrower.statusCode()).as(thrower.body()).isIn(422, 507);
    assertAllIsLive();
  }

  /** To delete takes little, for which the last page has room for a while. */
  private void deleteUntilRefused() {
    for (int i = 0; i < SMALL; i++) {
      HttpResponse<String> response = delete("small" + i);
      if (response.statusCode() == 507) {
        disk.fill();
        return;
      }
      assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
      // What has gone gave its place in the framework's cache back.
      disk.fill();
      live.remove("small" + i);
      gone.add("small" + i);
    }
    throw new AssertionError("the disk was not full");
  }

  private HttpResponse<String> delete(String name) {
    return client.send(client.api("/deployments/" + name).DELETE());
  }

  private void everythingChangesAgain() {
    HttpResponse<String> back =
        client.apiPost("/deployments/" + POSTED + "/rollback", "{\"revision\":1}");
    answeredLive(POSTED, POSTED + " 1", back);
    deployUntilRefused(POSTED, 1);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(Client.json(client.apiGet("/health")).path("reasons")).isEmpty());
    String next = Sources.constant(SAVED, "written through " + ++made);
    answeredLive(SAVED, "written through " + made, client.deploy(SAVED, next));
    assertThat(savedFile()).hasContent(next);
    answeredLive("gone", "gone", client.deploy("gone", Sources.constant("gone", "gone")));
    HttpResponse<String> deleted = delete("gone");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    live.remove("gone");
    gone.add("gone");
    assertAllIsLive();
  }

  private void deployUntilRefused(String name, int most) {
    for (int i = 0; i < most; i++) {
      HttpResponse<String> response = deploy(name);
      if (response.statusCode() == 507) {
        assertFull(response);
        return;
      }
      answeredLive(name, name + " " + made, response);
    }
    assertThat(most).as("the disk was never full").isEqualTo(1);
  }

  private HttpResponse<String> deploy(String name) {
    String answer = name + " " + ++made;
    return client.deploy(name, Sources.constant(name, answer) + "//" + "x".repeat(100_000));
  }

  private void answeredLive(String name, String answer, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    int revision = Client.json(response).path("revision").asInt();
    answered++;
    assertThat(revision).isGreaterThan(revisions.getOrDefault(name, 0));
    live.put(name, answer);
    gone.remove(name);
    revisions.put(name, revision);
  }

  private void assertFull(HttpResponse<String> response) {
    refused++;
    assertThat(response.statusCode()).as(response.body()).isEqualTo(507);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = Client.json(response);
    assertThat(problem.path("title").asText()).isEqualTo("Insufficient Storage");
    assertThat(problem.path("detail").asText()).contains("Nothing has changed", "No space left");
    assertThat(problem.path("cid").asText()).isNotEmpty();
    assertThat(response.body()).doesNotContain("\\tat ");
  }

  private void assertAllIsLive() {
    live.forEach(
        (name, answer) -> {
          JsonNode info = Client.json(client.apiGet("/deployments/" + name));
          assertThat(info.path("status").asText()).as("%s", info).isEqualTo("live");
          assertThat(info.path("revision").asInt()).as("%s", info).isEqualTo(revisions.get(name));
          assertThat(invoke(name)).isEqualTo(answer);
        });
    assertThat(client.get("/posted").body()).isEqualTo(live.get(POSTED));
    assertThat(gone)
        .allMatch(each -> client.apiGet("/deployments/" + each).statusCode() == 404)
        .noneMatch(live::containsKey);
    assertThat(client.isReady()).isTrue();
  }

  private Path savedFile() {
    return disk.folder().resolve("deploy").resolve(SAVED + ".java");
  }

  private String invoke(String service) {
    return client.get("/any/" + service).body();
  }
}

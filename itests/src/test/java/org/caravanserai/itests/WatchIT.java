package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Files as people and tools save them, in several watched folders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Path parent = Server.newFolder();
  private final Path one = parent.resolve("one");
  private final Path two = parent.resolve("two");
  private final Path late = parent.resolve("mount/late");
  private final Server server =
      Server.start(Server.newFolder(), Map.of("SERAI_DEPLOY_DIRS", one + ":" + two + ":" + late));
  private final Client client = server.client();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void editorsSaveInTheirWays() throws IOException {
    String name = Sources.unique("Edited");
    Path file = one.resolve(name + ".java");
    Files.writeString(file, source(name, "plain"));
    awaitAnswer(name, "plain");

    // Vim: the old file becomes a backup, a new one takes its name, the backup goes.
    Path backup = one.resolve(name + ".java~");
    Files.move(file, backup);
    Files.writeString(file, source(name, "vim"));
    Files.delete(backup);
    awaitAnswer(name, "vim");

    // JetBrains: written beside, the old one moved away, the new one moved in.
    Path written = one.resolve(name + ".java___jb_tmp___");
    Path old = one.resolve(name + ".java___jb_old___");
    Files.writeString(written, source(name, "idea"));
    Files.move(file, old);
    Files.move(written, file);
    Files.delete(old);
    awaitAnswer(name, "idea");

    // And one rename over the other.
    Files.writeString(written, source(name, "renamed"));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    awaitAnswer(name, "renamed");

    // One after the other: what came before is listed when the next one serves.
    String next = Sources.unique("Before");
    Files.writeString(one.resolve(next + ".java"), source(next, "before"));
    awaitAnswer(next, "before");
    int revision = revision(name);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    String other = Sources.unique("After");
    Files.writeString(one.resolve(other + ".java"), source(other, "after"));
    awaitAnswer(other, "after");
    assertThat(revision(name)).as("a touch deploys nothing").isEqualTo(revision);
  }

  @Test
  void aFileThatGrowsIsNeverDeployedHalf() throws IOException {
    String name = Sources.unique("Growing");
    Path file = one.resolve(name + ".java");
    Files.writeString(file, source(name, "whole"));
    awaitAnswer(name, "whole");
    String next = source(name, "next");
    int pieces = 20;
    Files.writeString(file, "");
    for (int i = 0; i < pieces; i++) {
      assertThat(answer(name)).isEqualTo("whole");
      int from = next.length() * i / pieces;
      int to = next.length() * (i + 1) / pieces;
      Files.writeString(file, next.substring(from, to), StandardOpenOption.APPEND);
      Reader.pause(100);
    }
    awaitAnswer(name, "next");
    awaitRevision(name, 2);
  }

  @Test
  void fiveHundredFilesAtOnce() throws IOException {
    String prefix = Sources.unique("Many");
    int count = Length.of(100, 500);
    Path below = Files.createDirectories(two.resolve("a/b/c"));
    for (int i = 0; i < count; i++) {
      String name = prefix + "x" + i;
      Files.writeString(below.resolve(name + ".java"), source(name, "many " + i));
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              int live = 0;
              for (JsonNode each : deployments()) {
                live += each.path("name").asText().startsWith(prefix + "x") ? 1 : 0;
              }
              return live == count;
            });
    assertThat(answer(prefix + "x" + (count - 1))).isEqualTo("many " + (count - 1));
  }

  @Test
  void aFileThatComesBackSoonStaysAndOneThatIsGoneGoes() throws IOException {
    String name = Sources.unique("Back");
    Path file = one.resolve(name + ".java");
    Files.writeString(file, source(name, "first"));
    awaitAnswer(name, "first");
    try (Load load = new Load(server)) {
      Files.writeString(
          one.resolve("serai-" + name + ".yaml"), Sources.channel(name, service(name), "/" + name));
      await().until(() -> client.get("/" + name).statusCode() == 200);
      load.callers("back", 2, "/" + name, "first|second");
      Files.delete(file);
      Reader.pause(1_000);
      Files.writeString(file, source(name, "second"));
      awaitAnswer(name, "second");
      Reader.pause(2_500);
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    Files.delete(file);
    await().atMost(LONG).until(() -> client.apiGet("/deployments/" + name).statusCode() == 404);
  }

  @Test
  void aFileMovesBetweenFoldersAndASecondOneOfItsNameIsRefused() throws IOException {
    String name = Sources.unique("Moved");
    Path first = one.resolve(name + ".java");
    Path second = two.resolve(name + ".java");
    Files.writeString(first, source(name, "first"));
    awaitAnswer(name, "first");

    Files.writeString(second, source(name, "second"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(server.log()).contains("the name " + name + " is taken by " + first));
    assertThat(answer(name)).isEqualTo("first");
    Files.delete(second);

    Files.move(first, second);
    await().atMost(LONG).until(() -> origin(name).equals(second.toString()));
    assertThat(answer(name)).isEqualTo("first");
    Files.writeString(second, source(name, "third"));
    awaitAnswer(name, "third");
  }

  @Test
  void aMountedVolumeIsSwappedAsAWhole() throws IOException {
    String name = Sources.unique("Mounted");
    Path volume = Files.createDirectories(parent.resolve("volume"));
    Files.createDirectory(volume.resolve("..2026_1"));
    Files.writeString(volume.resolve("..2026_1/" + name + ".java"), source(name, "old"));
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(volume.resolve(name + ".java"), Path.of("..data/" + name + ".java"));
    // The folder itself appears late.
    Files.deleteIfExists(late);
    Files.createSymbolicLink(late, volume);
    awaitAnswer(name, "old");

    Files.createDirectory(volume.resolve("..2026_2"));
    Files.writeString(volume.resolve("..2026_2/" + name + ".java"), source(name, "new"));
    Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(
        volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Files.delete(volume.resolve("..2026_1/" + name + ".java"));
    Files.delete(volume.resolve("..2026_1"));
    awaitAnswer(name, "new");
    awaitRevision(name, 2);
  }

  @Test
  void theApiWritesThroughAndSoDoesARollBack() throws IOException {
    String name = Sources.unique("Through");
    Path file = one.resolve(name + ".java");
    Files.writeString(file, source(name, "file"));
    awaitAnswer(name, "file");
    HttpResponse<String> posted = client.deploy(name, source(name, "api"));
    assertThat(Client.json(posted).has("source")).isFalse();
    assertThat(file).hasContent(source(name, "api"));
    HttpResponse<String> back = rollBack(name, 1);
    assertThat(Client.json(back).has("source")).isFalse();
    assertThat(file).hasContent(source(name, "file"));
    assertThat(answer(name)).isEqualTo("file");
    server.restart();
    assertThat(answer(name)).isEqualTo("file");
    assertThat(revision(name)).isEqualTo(3);
  }

  @Test
  void whatCanNotBeWrittenDiffersAndStaysRolledBack() throws IOException {
    String name = Sources.unique("Fixed");
    Path folder = Files.createDirectories(two.resolve(name));
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, source(name, "one"));
    awaitAnswer(name, "one");
    Files.writeString(file, source(name, "two"));
    awaitAnswer(name, "two");
    // Read-only even for root: the name that writing beside it takes is a folder with something in
    // it.
    Path taken = Files.createDirectories(folder.resolve("." + name + ".java.tmp"));
    Files.createFile(taken.resolve("x"));
    assertThat(folder.toFile().setWritable(false)).isTrue();
    HttpResponse<String> back = rollBack(name, 1);
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    assertThat(Client.json(back).path("source").asText()).isEqualTo("differs");
    assertThat(answer(name)).isEqualTo("one");
    server.restart();
    assertThat(answer(name)).isEqualTo("one");
    assertThat(file).hasContent(source(name, "two"));
    assertThat(folder.toFile().setWritable(true)).isTrue();
  }

  private HttpResponse<String> rollBack(String name, int revision) {
    return client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":" + revision + "}");
  }

  private static String service(String name) {
    return "watched." + name;
  }

  private static String source(String name, String answer) {
    return Sources.constant(service(name), answer);
  }

  private void awaitAnswer(String name, String answer) {
    await().atMost(LONG).untilAsserted(() -> assertThat(answer(name)).isEqualTo(answer));
  }

  private String answer(String name) {
    return client.apiPost("/services/" + service(name) + "/invoke", "").body();
  }

  /** A revision serves a moment before it is listed. */
  private void awaitRevision(String name, int revision) {
    await().atMost(LONG).until(() -> revision(name) == revision);
  }

  private int revision(String name) {
    return Client.json(client.apiGet("/deployments/" + name)).path("revision").asInt();
  }

  private String origin(String name) {
    return Client.json(client.apiGet("/deployments/" + name)).path("origin").asText();
  }

  private Iterable<JsonNode> deployments() {
    return Client.json(client.apiGet("/deployments")).path("items");
  }
}

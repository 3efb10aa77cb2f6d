package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTargetTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private String queue;
  private Path out;

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder.resolve("data"));
    queue = server.queue("crm");
    out = folder.resolve("out/deep");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void push(int attempts) {
    server.pushes.open(
        queue, queue, PushServer.rules(2, OrderingKey.NONE, attempts), server.pushes.toFolder(out));
  }

  private static Message message(String id, String data, Format format, String type) {
    return Message.of(id, PushServer.TOPIC, data.getBytes(StandardCharsets.UTF_8), format)
        .contentType(Optional.ofNullable(type))
        .build();
  }

  @Test
  void eachMessageIsAFileNamedAfterItsIdAndType() throws Exception {
    push(1);
    server.publish(
        List.of(
            message("a", "{}", Format.JSON, null),
            message("b", "text", Format.TEXT, null),
            message("c", "x;y", Format.TEXT, "text/csv; charset=utf-8"),
            message("d", "<a/>", Format.BYTES, "application/soap+xml"),
            message("e", "bytes", Format.BYTES, null),
            message("../etc/f", "climbs", Format.TEXT, null)));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("a.json", "b.txt", "c.csv", "d.xml", "e.bin")
          .hasSize(6)
          .noneMatch(name -> name.endsWith(".part"));
    }
    assertThat(out.resolve("c.csv")).hasContent("x;y");
    assertThat(folder.resolve("out/etc")).doesNotExist();
    assertThat(server.dead(queue)).isEmpty();
  }

  @Test
  void whatACrashLeftHalfIsReplaced() throws Exception {
    Files.createDirectories(out);
    Files.writeString(out.resolve(".a.txt.part"), "half of something longer than the message");
    push(1);
    server.publish(List.of(message("a", "whole", Format.TEXT, null)));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    assertThat(out.resolve("a.txt")).hasContent("whole");
    assertThat(out.resolve(".a.txt.part")).doesNotExist();
  }

  @Test
  void aFolderThatCantBeWrittenFailsAndRecovers() throws Exception {
    Files.createDirectories(out.getParent());
    Files.writeString(out, "a file stands in its place");
    push(0);
    server.publish(List.of(message("a", "whole", Format.TEXT, null)));
    await()
        .atMost(IN_TIME)
        .until(() -> server.pushes.status(queue).orElseThrow().lastFailure().isPresent());
    assertThat(server.pushes.status(queue).orElseThrow().lastFailure().orElseThrow())
        .contains(out.toString());
    Files.delete(out);
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    assertThat(out.resolve("a.txt")).hasContent("whole");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out))).startsWith("rwx");
  }

  @Test
  void differentIdsHaveDifferentNames() {
    assertThat(
            Stream.of("a/b", "a_b", "a?b", ".a", "", "x".repeat(500), "x".repeat(501))
                .map(id -> FolderTarget.nameOf(message(id, "", Format.TEXT, null))))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.length() < 255 && !name.startsWith(".") && !name.contains("/"));
  }
}

package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A call holds its revision to its last byte, and no longer than it may. Each revision writes into
 * the log when it is closed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainIT {

  private static final String SOURCE =
      """
      import java.io.*;
      import java.util.concurrent.*;
      import org.caravanserai.api.*;
      import org.slf4j.*;

      @ServiceName("SERVICE")
      public class Drained implements Service<Void, OUTPUT>, AutoCloseable {
        private static final Logger LOG = LoggerFactory.getLogger("drain");

        @Override
        public OUTPUT handle(Void none, Context context) throws Exception {
          BODY
        }

        @Override
        public void close() {
          LOG.info("closed SERVICE REV.");
        }

        /** Waits for a file, whatever happens. */
        static void awaitFile() {
          while (!new File("FILE").exists()) {
            try {
              new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException ignored) {
              // Deaf on purpose.
            }
          }
        }

        static class Slowly extends InputStream {
          private int at;

          @Override public int read(byte[] into, int from, int length) {
            if (at == 1) {
              awaitFile();
            }
            if (at++ > 1) {
              return -1;
            }
            byte[] text = ("REV" + (at == 1 ? "\\n" : Late.TEXT.get())).getBytes();
            System.arraycopy(text, 0, into, from, text.length);
            return text.length;
          }

          @Override public int read() {
            throw new UnsupportedOperationException();
          }
        }
        static class Late {
          static final java.util.function.Supplier<String> TEXT = () -> " to the end\\n";
        }
      }
      """;

  private final Server server = withShortDrain();
  private final Client client = server.client();
  private final Path folder = Server.newFolder();

  /** A server on which calls may go on for two seconds in a replaced revision. */
  private static Server withShortDrain() {
    try {
      Path data = Server.newFolder();
      String file = "karaf/etc/org.caravanserai.deploy.cfg";
      Files.createDirectories(data.resolve(file).getParent());
      Files.copy(
          Server.distribution().resolve("etc/org.caravanserai.deploy.cfg"), data.resolve(file));
      Files.writeString(data.resolve(file), "\ndrain_timeout = 2\n", StandardOpenOption.APPEND);
      return Server.start(data, Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aStreamHoldsItsRevisionToTheLastByte() throws IOException {
    String service = Sources.unique("drain.stream");
    deploy(service, "one", "InputStream", "return new Slowly();");
    open(service);
    try (RawConnection inside = new RawConnection(server.traffic(""))) {
      inside.open("GET", "/" + service);
      AnswerBody body = inside.head();
      assertThat(body.line()).isEqualTo("one");
      deploy(service, "two", "InputStream", "return new Slowly();");
      assertThat(draining(service)).isEqualTo(1);
      assertThat(server.log()).doesNotContain("closed " + service);
      go(service);
      assertThat(body.line()).isEqualTo("one to the end");
      assertThat(body.read()).isNegative();
    }
    awaitClosed(service, "one");
    assertThat(server.log()).doesNotContain("closed " + service + " two.");
  }

  @Test
  void aStageHoldsItsRevisionUntilItCompletes() throws IOException {
    String service = Sources.unique("drain.stage");
    String body =
        "return CompletableFuture.supplyAsync(() -> { awaitFile(); return \"REV\" + Late.TEXT.get(); });";
    deploy(service, "one", "CompletionStage<String>", body);
    open(service);
    try (RawConnection inside = new RawConnection(server.traffic(""))) {
      inside.open("GET", "/" + service);
      await().until(() -> info(service, "inside") == 1);
      deploy(service, "two", "CompletionStage<String>", body);
      assertThat(draining(service)).isEqualTo(1);
      assertThat(server.log()).doesNotContain("closed " + service);
      go(service);
      assertThat(inside.answer().body()).isEqualTo("one to the end");
    }
    awaitClosed(service, "one");
  }

  @Test
  void aCallerWhoIsLostLetsGo() throws IOException {
    String service = Sources.unique("drain.lost");
    String endless =
        "return new InputStream() { public int read() { return 'x'; }"
            + " public int read(byte[] b, int o, int l) { b[o] = 'x'; return 1; } };";
    deploy(service, "one", "InputStream", endless);
    open(service);
    RawConnection inside = new RawConnection(server.traffic(""));
    inside.open("GET", "/" + service);
    assertThat(inside.head().read()).isEqualTo('x');
    deploy(service, "two", "InputStream", endless);
    assertThat(server.log()).doesNotContain("closed " + service);
    inside.abort();
    awaitClosed(service, "one");
    assertThat(server.log())
        .doesNotContain(service + " (" + deployment(service) + " rev-1): 1 calls");
  }

  @Test
  void afterTheDrainTimeoutTheLogHasTheStacksAndTheRevisionGoes() throws IOException {
    String service = Sources.unique("drain.late");
    deploy(service, "one", "String", "awaitFile(); return \"REV\" + Late.TEXT.get();");
    open(service);
    try (RawConnection inside = new RawConnection(server.traffic(""))) {
      inside.open("GET", "/" + service);
      await().until(() -> info(service, "inside") == 1);
      deploy(service, "two", "String", "return \"REV\";");
      awaitClosed(service, "one");
      assertThat(server.log())
          .contains("1 calls are still inside, it is closed nevertheless")
          .contains("Drained.awaitFile(");
      assertThat(client.get("/" + service).body()).isEqualTo("two");
      go(service);
      // Given up is not ended: what it needs is there still.
      assertThat(inside.answer().body()).isEqualTo("one to the end");
    }
    assertThat(server.log()).containsOnlyOnce("closed " + service + " one.");
  }

  @Test
  void aStuckCallIsCountedAndStopsNobody() throws IOException {
    String service = Sources.unique("drain.stuck");
    deploy(service, "one", "String", "awaitFile(); return \"REV\";");
    open(service, "timeout: 1");
    assertThat(client.get("/" + service).statusCode()).isEqualTo(504);
    await().until(() -> info(service, "stuck") == 1);
    for (int i = 0; i < 5; i++) {
      deploy(service, "next" + i, "String", "return \"REV\";");
      assertThat(client.get("/" + service).body()).isEqualTo("next" + i);
    }
    assertThat(info(service, "stuck")).isEqualTo(1);
    go(service);
    await().until(() -> info(service, "stuck") == 0);
    awaitClosed(service, "one");
    for (int i = 0; i < 4; i++) {
      awaitClosed(service, "next" + i);
    }
    assertThat(server.log()).doesNotContain("closed " + service + " next4.");
  }

  private void awaitClosed(String service, String revision) {
    String line = "closed " + service + " " + revision + ".";
    await().untilAsserted(() -> assertThat(server.log()).containsOnlyOnce(line));
  }

  private int draining(String service) {
    return info(service, "draining");
  }

  private int info(String service, String member) {
    return Client.json(client.apiGet("/services/" + service)).path(member).asInt(-1);
  }

  private void go(String service) throws IOException {
    Files.createFile(folder.resolve(service));
  }

  private static String deployment(String service) {
    return service.replace('.', '-');
  }

  private void open(String service, String... lines) {
    String[] all = new String[lines.length + 1];
    all[0] = "data_format: raw";
    System.arraycopy(lines, 0, all, 1, lines.length);
    server.save(
        "serai-" + service + ".yaml", Sources.channel(service, service, "/" + service, all));
    await().until(() -> client.apiGet("/objects").body().contains(service));
  }

  private void deploy(String service, String revision, String output, String body) {
    String source =
        SOURCE
            .replace("BODY", body)
            .replace("OUTPUT", output)
            .replace("SERVICE", service)
            .replace("REV", revision)
            .replace("FILE", folder.resolve(service).toString());
    HttpResponse<String> response = client.deploy(deployment(service), source);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
  }
}

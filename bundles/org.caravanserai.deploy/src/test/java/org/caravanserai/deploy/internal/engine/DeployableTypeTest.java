package org.caravanserai.deploy.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that are no services go the same way. */
class DeployableTypeTest {

  private static final String RUNNABLE =
      """
      public class Errand implements Runnable {
        @Override public void run() {}
      }
      """;

  @TempDir Path data;
  private TestServer server;
  private NoteType notes;

  @BeforeEach
  void start() {
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    notes = new NoteType(server.services().registry());
    server.engine().add(notes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Revisions end in the background. */
  private void happened(String... events) {
    await().untilAsserted(() -> assertThat(notes.events).containsExactly(events));
  }

  private DeploymentInfo info(String name) {
    return server.engine().find(name).orElseThrow();
  }

  @Test
  void isKnownByItsContentAndGoesLive() {
    Live live = (Live) server.deploy("one", "note: first");

    assertThat(live.status()).isEqualTo("live");
    assertThat(live.revision()).isEqualTo(1);
    assertThat(live.services()).containsExactly("note.one");
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
    assertThat(info("one").parts()).containsExactly("one#note");
    assertThat(info("one").status()).isEqualTo("live");
    assertThat(info("one").bundle()).isEmpty();
    happened("start one 1");
  }

  @Test
  void isPausedAndStoppedWhenTheNextOneIsLive() {
    server.deploy("one", "note: first");
    server.deploy("one", "note: second");

    assertThat(server.call("note.one", "")).isEqualTo("note: second");
    happened("start one 1", "pause one 1", "start one 2 after one 1", "stop one 1");
  }

  @Test
  void isRefusedWithItsPlaceAndTouchesNothing() {
    server.deploy("one", "note: first");
    Rejected rejected = (Rejected) server.deploy("one", "note: bad");

    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics())
        .containsExactly(Diagnostic.error("one.note.txt", 1, 7, "bad"));
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
    assertThat(info("one").revision()).isEqualTo(1);
    happened("start one 1");
  }

  @Test
  void isOnlyLookedAtInADryRun() {
    DeployResult result =
        server
            .engine()
            .deploy(
                "one",
                "note: x".getBytes(StandardCharsets.UTF_8),
                new DeployOptions(OptionalInt.empty(), true, false));

    assertThat(((Live) result).status()).isEqualTo("would-be-live");
    assertThat(server.engine().find("one")).isEmpty();
    happened("discard one 1");
  }

  @Test
  void rollsBackAndComesBackAfterARestart() {
    server.deploy("one", "note: first");
    server.deploy("one", "note: second");
    server.engine().rollback("one", 1, false);
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
    server.close();

    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    await().until(server.engine()::restored);
    assertThat(info("one").status()).isEqualTo("failed");
    assertThat(info("one").rejected().get(0).message())
        .isEqualTo("what takes one.note.txt has not started");
    notes = new NoteType(server.services().registry());
    server.engine().add(notes);
    await().until(server.engine()::restored);
    assertThat(info("one").status()).isEqualTo("live");
    assertThat(info("one").revision()).isEqualTo(3);
    assertThat(info("one").rejected()).isEmpty();
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
  }

  @Test
  void endsWhenItsTypeGoesAndComesBackWithIt() {
    server.deploy("one", "note: first");
    server.engine().remove(notes);
    await().until(() -> info("one").status().equals("failed"));
    assertThat(server.services().has("note.one")).isFalse();
    assertThat(server.deploy("two", "note: x")).isInstanceOf(Rejected.class);

    server.engine().add(notes);
    await().until(server.engine()::restored);
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
  }

  @Test
  void isUndeployed() {
    server.deploy("one", "note: first");
    assertThat(server.engine().undeploy("one")).isTrue();

    assertThat(server.services().has("note.one")).isFalse();
    happened("start one 1", "pause one 1", "withdraw one 1", "stop one 1");
  }

  @Test
  void mayBeAClassOfAJavaSource() {
    Live live = (Live) server.deploy("errand", RUNNABLE);

    assertThat(live.services()).containsExactly("note.errand");
    assertThat(server.call("note.errand", "")).isEqualTo("Errand");
    assertThat(server.bundles()).hasSize(1);
    assertThat(((Rejected) server.deploy("nothing", "public class Nothing {}")).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("no public class implements org.caravanserai.api.Service or Runnable");
  }

  @Test
  void standsBesideServicesInOneSource() throws Exception {
    Live live =
        (Live)
            server.deploy(
                "both",
                TestServer.source("answer", "Yes")
                    + "class E implements Runnable { public void run() {} }");

    assertThat(live.services()).containsExactly("answer", "note.both");
    server.bundles().get(0).stop();
    assertThat(server.services().has("note.both")).isFalse();
    happened("start both 1", "pause both 1", "withdraw both 1", "stop both 1");
    server.bundles().get(0).start();
    assertThat(server.call("note.both", "")).isEqualTo("E");
  }

  @Test
  void classesComeBackWhenTheirTypeDoes() {
    server.deploy("errand", RUNNABLE);
    server.deploy(
        "both", TestServer.source("answer", "Yes") + RUNNABLE.replace("public class", "class"));
    server.close();

    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    await().until(server.engine()::restored);
    assertThat(info("errand").rejected().get(0).message()).contains("has not started");
    assertThat(info("both").services()).containsExactly("answer");
    notes = new NoteType(server.services().registry());
    server.engine().add(notes);
    await().until(server.engine()::restored);

    assertThat(server.call("note.errand", "")).isEqualTo("Errand");
    assertThat(server.call("note.both", "")).isEqualTo("Errand");
    assertThat(server.call("answer", "x")).isEqualTo("Yes x");
    assertThat(info("both").services()).containsExactly("answer", "note.both");
    assertThat(info("both").parts()).containsExactly("both#note");
  }

  @Test
  void comesFromAFileByItsName() throws Exception {
    Path file = Files.writeString(data.resolve("one.note.txt"), "note: first");
    byte[] content = Files.readAllBytes(file);

    assertThat(server.engine().deploymentName("one.note.txt")).contains("one");
    assertThat(server.engine().deploymentName("one.txt")).isEmpty();
    assertThat(server.engine().changed("one", file, content, true)).isFalse();
    assertThat(server.engine().changed("one", file, content, false)).isTrue();
    assertThat(server.call("note.one", "")).isEqualTo("note: first");

    Files.writeString(file, "nothing of the kind");
    server.engine().changed("one", file, Files.readAllBytes(file), false);
    assertThat(info("one").rejected())
        .containsExactly(
            Diagnostic.error("one.note.txt", 1, 1, "does not begin as a file of this name begins"));
    assertThat(server.call("note.one", "")).isEqualTo("note: first");
  }

  @Test
  void givesWayToAService() {
    server.deploy("one", "note: first");
    server.deploy("one", TestServer.source("answer", "Yes"));

    assertThat(server.call("answer", "x")).isEqualTo("Yes x");
    assertThat(server.services().has("note.one")).isFalse();
    happened("start one 1", "pause one 1", "withdraw one 1", "stop one 1");
  }
}

package org.caravanserai.deploy.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Disturbing;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.internal.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that take the place of what is live, in the engine. */
class InPlaceTest {

  private static final DeployOptions FORCED = new DeployOptions(OptionalInt.empty(), false, true);

  @TempDir Path data;

  private TestServer server;
  private final PlaceType places = new PlaceType();

  @BeforeEach
  void start() {
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    server.engine().add(places);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DeployResult deploy(String what) {
    return server.deploy("one", PlaceType.HEAD + what);
  }

  private DeployResult deploy(String what, DeployOptions options) {
    return server.engine().deploy("one", bytes(what), options);
  }

  private static byte[] bytes(String what) {
    return (PlaceType.HEAD + what).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private DeploymentInfo info() {
    return server.engine().find("one").orElseThrow();
  }

  @Test
  void entersBeforeItStartsAndIsFollowedInPlace() {
    Live live = (Live) deploy("a");
    deploy("b");

    assertThat(live.services()).containsExactly("in.place");
    assertThat(info().services()).containsExactly("in.place");
    assertThat(info().parts()).containsExactly("b");
    assertThat(info().bundle()).contains(3L);
    await()
        .untilAsserted(
            () ->
                assertThat(places.events)
                    .containsExactly(
                        "enter a", "start a", "enter b", "pause a", "start b", "stop a"));
  }

  @Test
  void leavesWhenItIsTakenAwayOrAnotherTypeFollows() {
    deploy("a");
    server.engine().undeploy("one");
    await().until(() -> places.events.contains("leave a"));
    deploy("b");
    server.deploy("one", TestServer.source("one", "x"));
    await().until(() -> places.events.contains("leave b"));
    assertThat(server.call("one", "y")).isEqualTo("x y");
  }

  @Test
  void isRefusedWhenItCannotEnterAndIsNotStored() {
    deploy("a");
    Rejected rejected = (Rejected) deploy("bad");
    assertThat(rejected.stage()).isEqualTo("link");
    assertThat(info().revision()).isEqualTo(1);
    assertThat(info().revisions()).containsExactly(1);
    assertThat(places.events).doesNotContain("start bad", "leave a");
  }

  @Test
  void doesNotDisturbOthersUnlessToldTo() {
    deploy("a");
    Disturbing refused = (Disturbing) deploy("other");
    assertThat(refused.affected()).hasToString("[other 1.0.0 (bundle 7; services other.service)]");
    Live trial = (Live) deploy("other", new DeployOptions(OptionalInt.empty(), true, false));
    assertThat(trial.affected()).isEqualTo(refused.affected());
    assertThat(places.events).doesNotContain("enter other");
    assertThat(info().revision()).isEqualTo(1);

    Live live = (Live) deploy("other", FORCED);
    assertThat(live.affected()).isEqualTo(refused.affected());
    assertThat(places.events).contains("start other");
    assertThat(server.engine().rollback("one", live.revision(), false))
        .isInstanceOf(Live.class)
        .extracting("status")
        .isEqualTo("unchanged");
  }

  @Test
  void aFileThatDisturbsOthersIsToldWhatToDo() throws IOException {
    Path file = data.resolve("one.place");
    Files.write(file, bytes("other"));
    server.engine().changed("one", file, bytes("other"), false);
    assertThat(info().status()).isEqualTo("rejected");
    assertThat(info().rejected().get(0).message())
        .contains("other 1.0.0", "serai:deploy --force " + file);
  }

  @Test
  void entersAgainAfterARestartAndDoesNotLeaveAtTheEnd() {
    deploy("a");
    server.close();
    assertThat(places.events).doesNotContain("leave a");
    places.events.clear();
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    server.engine().add(places);
    await().until(server.engine()::restored);
    assertThat(places.events).containsExactly("enter a", "start a");
    assertThat(info().status()).isEqualTo("live");
  }
}

package org.caravanserai.pubsub.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.caravanserai.pubsub.internal.PubSubServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of the broker's own protocols may do. */
class NetworkAccessTest {

  @TempDir private static Path folder;
  private static PubSubServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new PubSubServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void onlyThoseWithAPermissionMayLogIn() throws Exception {
    server.user("ann");
    server.key("device", "the-key");
    assertThat(server.access.authenticate("ann", "pw")).isNull();

    var permission = server.permit("ann", List.of("net.a"), List.of());
    server.permit("device", List.of("net.a"), List.of());

    assertThat(server.access.authenticate("ann", "pw")).isEqualTo("ann");
    assertThat(server.access.authenticate("ann", "wrong")).isNull();
    assertThat(server.access.authenticate("device", "the-key")).isEqualTo("device");
    permission.close();
    assertThat(server.access.authenticate("ann", "pw")).isNull();
  }

  @Test
  void permissionsAreThoseOfTheRestInterface() throws Exception {
    server.topic("net.pub");
    server.topic("net.sub");
    server.permit("bob", List.of("net.pub"), List.of("net.s*", "net.sub").subList(1, 2));

    assertThat(server.access.mayPublish("bob", "net.pub")).isTrue();
    assertThat(server.access.mayPublish("bob", "net.sub")).isFalse();
    assertThat(server.access.maySubscribe("bob", "net.sub")).isTrue();
    assertThat(server.access.maySubscribe("bob", "net.pub")).isFalse();
    assertThat(server.access.maySubscribe("eve", "net.sub")).isFalse();
  }

  @Test
  void onlyWhatIsActiveAndSpeltRightIsThere() throws Exception {
    server.permit("carl", List.of("**"), List.of("**"));
    assertThat(server.access.mayPublish("carl", "Net.Late")).isFalse();

    var topic = server.topic("Net.Late");

    assertThat(server.access.mayPublish("carl", "Net.Late")).isTrue();
    assertThat(server.access.mayPublish("carl", "net.late"))
        .describedAs("the broker would make another address of it")
        .isFalse();
    assertThat(server.access.mayPublish("carl", "serai.dead")).isFalse();
    topic.close();
    assertThat(server.access.mayPublish("carl", "Net.Late")).isFalse();
  }
}

package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Config;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What services see of user configuration. */
class ConfigTest {

  private final Server server = new Server();
  private final AtomicReference<Map<String, Object>> file =
      new AtomicReference<>(
          Map.of(
              "db",
              Map.of("host", "db1", "port", "5432", "hosts", List.of("a", "b")),
              "timeout",
              "PT5S",
              "rate",
              7));
  private Slot slot;

  /** A part of the file. */
  public record Db(String host, int port, Optional<String> user, List<String> hosts) {}

  /** The whole file. */
  public record App(Db db, Duration timeout, int rate) {}

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.parts.bindUserConfiguration(name -> name.equals("app") ? file.get() : null);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
    server.invoke(slot, Map.of());
  }

  @Test
  void whatIsThereIsFoundByItsPathInItsType() {
    does(
        (input, context) -> {
          Config app = context.config("app");
          assertThat(app.name()).isEqualTo("app");
          assertThat(app.get("db.host", String.class)).isEqualTo("db1");
          assertThat(app.get("db.port", Integer.class)).isEqualTo(5432);
          assertThat(app.get("db.port", int.class)).isEqualTo(5432);
          assertThat(app.get("db.hosts.1", String.class)).isEqualTo("b");
          assertThat(app.get("timeout", Duration.class)).isEqualTo(Duration.ofSeconds(5));
          assertThat(app.get("db", Db.class))
              .isEqualTo(new Db("db1", 5432, Optional.empty(), List.of("a", "b")));
          assertThat(app.as(App.class).rate()).isEqualTo(7);
          assertThat(app.get("db.user", String.class, "ann")).isEqualTo("ann");
          assertThat(app.has("db.user")).isFalse();
          assertThat(app.has("db.hosts.2")).isFalse();
          assertThat(app.has("db.hosts.x")).isFalse();
          assertThat(app.toString()).doesNotContain("db1");
          return "";
        });
  }

  @Test
  void aSnapshotDoesNotChange() {
    does(
        (input, context) -> {
          Config before = context.config("app");
          file.set(Map.of("rate", 8));
          assertThat(before.get("rate", Integer.class)).isEqualTo(7);
          assertThat(context.config("app").get("rate", Integer.class)).isEqualTo(8);
          return "";
        });
  }

  @Test
  void whatIsNotThereOrDoesNotFitIsToldByItsPath() {
    does(
        (input, context) -> {
          assertThatThrownBy(() -> context.config("other"))
              .isInstanceOfSatisfying(
                  ServiceException.class, none -> assertThat(none.status()).isEqualTo(503))
              .hasMessage("There is no user configuration other");
          Config app = context.config("app");
          assertThatThrownBy(() -> app.get("db.user", String.class))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("user configuration app: db.user: missing");
          assertThatThrownBy(() -> app.get("db.host", Integer.class))
              .hasMessageStartingWith("user configuration app: db.host: ");
          assertThatThrownBy(() -> app.as(Db.class)).hasMessageContaining("/host: missing");
          return "";
        });
  }
}

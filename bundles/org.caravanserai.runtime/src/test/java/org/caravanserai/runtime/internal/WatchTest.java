package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.ServiceRegistry.Watch;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who watches the registry learns which services come and go, and nothing else. */
class WatchTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Server server = new Server();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  /** A service. */
  @ServiceName("test.watched")
  public static class Watched implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return input;
    }
  }

  private Watch watch() {
    return server.registry.watch(
        slot -> seen.add((slot.current().isPresent() ? "+" : "-") + slot.name()));
  }

  @Test
  void aServiceComesAndGoesOnce() {
    watch();

    Slot slot = server.deploy(Watched.class);
    assertThat(seen).containsExactly("+test.watched");
    server.deploy(Watched.class);
    server.deploy(Watched.class);
    assertThat(seen).hasSize(1);
    ServiceRevision current = slot.current().orElseThrow();
    server.registry.swap(List.of(), List.of(current));
    assertThat(seen).containsExactly("+test.watched", "-test.watched");
    server.registry.swap(List.of(), List.of(current));
    server.registry.retire(current, LONG);
    assertThat(seen).hasSize(2);
  }

  @Test
  void aRevisionThatIsRetiredWhileItServesTakesItsServiceAway() {
    watch();
    Slot slot = server.deploy(Watched.class);

    server.registry.retire(slot.current().orElseThrow(), LONG);

    assertThat(seen).containsExactly("+test.watched", "-test.watched");
  }

  @Test
  void aWatcherThatFailsDisturbsNobody() {
    server.registry.watch(
        slot -> {
          throw new IllegalStateException("told to fail");
        });
    watch();

    Slot slot = server.deploy(Watched.class);

    assertThat(seen).containsExactly("+test.watched");
    assertThat(server.invoke(slot, "x")).isEqualTo("x");
  }

  @Test
  void whoWatchesNoMoreIsToldNothing() {
    Watch watch = watch();
    watch.close();
    watch.close();

    server.deploy(Watched.class);

    assertThat(seen).isEmpty();
  }
}

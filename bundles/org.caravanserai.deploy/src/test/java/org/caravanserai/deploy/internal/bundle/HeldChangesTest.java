package org.caravanserai.deploy.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.BundleChanges;
import org.caravanserai.deploy.internal.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;

/** Changes of bundles by hand. */
class HeldChangesTest {

  private static final String USES_COUNT =
      """
      import org.caravanserai.api.*;
      @ServiceName("source.user")
      public class Hello implements Service<String, String> {
        @Override public String handle(String input, Context context) {
          return "source of " + count.api.Next.word();
        }
      }
      """;

  @TempDir Path data;

  private TestServer server;
  private BundleChanges changes;
  private Bundle count;

  @BeforeEach
  void start() throws BundleException {
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    await().until(server.engine()::restored);
    changes = server.changes();
    byte[] one = Counting.exporting("1.0.0", "one");
    count = install("count", one);
    install("user", Counting.importing(one));
    server.deploy("source", USES_COUNT);
    server.bundles();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Bundle install(String location, byte[] jar) throws BundleException {
    Bundle installed =
        server
            .framework()
            .getBundleContext()
            .installBundle(location, new ByteArrayInputStream(jar));
    installed.start();
    return installed;
  }

  private static ByteArrayInputStream content(String answer) {
    return new ByteArrayInputStream(Counting.exporting("1.0.0", answer));
  }

  @Test
  void whoIsWiredToABundleIsKnown() {
    assertThat(changes.affected(List.of(count)).stream().map(AffectedBundle::name))
        .containsExactlyInAnyOrder("user", "source");
    assertThat(changes.affected(List.of())).isEmpty();
    assertThat(changes.deployment(count)).isEmpty();
    assertThat(changes.deployment(server.bundles().get(0))).contains("source");
  }

  @Test
  void anUpdateLeavesOthersWithTheOldContentUntilARefresh() throws BundleException {
    changes.update(count, content("two"), false);
    assertThat(server.call("count.next", "x")).isEqualTo("two x");
    assertThat(server.call("user", "x")).isEqualTo("user of one");
    assertThat(changes.affected(List.of()).stream().map(AffectedBundle::name))
        .contains("user", "source");
    changes.refresh(List.of());
    assertThat(server.call("user", "x")).isEqualTo("user of two");
    assertThat(server.call("source.user", "x")).isEqualTo("source of two");
  }

  @Test
  void nobodyWhoCallsMeanwhileNoticesAnything() throws BundleException {
    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<Integer>> callers =
        List.of("count.next", "user", "source.user").stream()
            .map(
                service ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          int calls = 0;
                          while (!stop.get()) {
                            assertThat(server.call(service, "x")).containsAnyOf("one", "two");
                            calls++;
                          }
                          return calls;
                        },
                        work -> new Thread(work).start()))
            .toList();
    changes.update(count, content("two"), true);
    changes.refresh(List.of(count));
    changes.update(count, content("one"), false);
    changes.refresh(List.of());
    stop.set(true);
    for (CompletableFuture<Integer> each : callers) {
      assertThat(each.join()).isPositive();
    }
  }

  /** Calls that get in between would be inside when it stops again. */
  @Test
  void anUpdateWithARefreshStartsABundleOnce() throws BundleException {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    SynchronousBundleListener listener =
        event -> {
          if (event.getBundle() == count) {
            seen.add(event.getType());
          }
        };
    server.framework().getBundleContext().addBundleListener(listener);
    changes.update(count, content("two"), true);
    server.framework().getBundleContext().removeBundleListener(listener);
    assertThat(seen).containsOnlyOnce(BundleEvent.STOPPED, BundleEvent.STARTED);
    assertThat(server.call("user", "x")).isEqualTo("user of two");
  }

  @Test
  void whatIsNoBundleChangesNothing() {
    assertThatThrownBy(
            () -> changes.update(count, new ByteArrayInputStream(new byte[] {1, 2, 3}), true))
        .isInstanceOf(BundleException.class);
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(server.call("user", "x")).isEqualTo("user of one");
  }
}

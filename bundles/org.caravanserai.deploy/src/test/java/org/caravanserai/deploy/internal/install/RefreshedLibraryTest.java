package org.caravanserai.deploy.internal.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.deploy.internal.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.FrameworkWiring;

/** A library is refreshed between the two steps of a revision that uses it. */
class RefreshedLibraryTest {

  private static final String USES_LIB =
      """
      import lib.a.Lib;
      import org.caravanserai.api.*;
      @ServiceName("hello")
      public class Hello implements Service<String, String> {
        @Override public String handle(String input, Context context) { return Lib.version(); }
      }
      """;

  private static final int ROUNDS = 20;

  private final Set<Long> seen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refreshes = new AtomicInteger();

  @Test
  void servesAgainWhenItWasBecomingABundle(@TempDir Path data) throws Exception {
    TestServer server = new TestServer(data, TestServer.Target.TWO_STEPS);
    try {
      BundleContext context = server.framework().getBundleContext();
      Bundle lib =
          Library.install(
              context,
              "lib",
              "1.0.0",
              Map.of("Export-Package", "lib.a;version=1.0.0"),
              "package lib.a; public class Lib { public static String version() { return \"1\"; } }");
      context.addBundleListener(refreshing(server, lib));
      for (int i = 1; i <= ROUNDS; i++) {
        int round = i;
        server.deploy("hello", USES_LIB + "// " + i + "\n");
        await().until(() -> refreshes.get() >= round);
        await().ignoreExceptions().until(() -> server.services().call("hello", "").equals("1"));
        assertThat(server.engine().find("hello").orElseThrow().status()).isEqualTo("live");
        await().until(() -> server.engine().find("hello").orElseThrow().bundle().isPresent());
      }
    } finally {
      server.close();
    }
  }

  /** Has the library refreshed as soon as the bundle of a revision has been resolved. */
  private SynchronousBundleListener refreshing(TestServer server, Bundle lib) {
    FrameworkWiring wiring = server.framework().adapt(FrameworkWiring.class);
    return event -> {
      Bundle bundle = event.getBundle();
      if (event.getType() == BundleEvent.RESOLVED
          && bundle.getLocation().startsWith("serai:")
          && seen.add(bundle.getBundleId())) {
        wiring.refreshBundles(List.of(lib), done -> refreshes.incrementAndGet());
      }
    };
  }
}

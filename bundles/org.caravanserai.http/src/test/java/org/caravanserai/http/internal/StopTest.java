package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.assertj.core.api.Assertions;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

class StopTest {

  @Test
  void requestsInsideAreAnswered() throws Exception {
    Semaphore go = new Semaphore(0);
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    try (TestListener server = new TestListener()) {
      server.add(
          "/slow",
          TestListener.onAnotherThread(
              exchange -> {
                go.acquireUninterruptibly();
                exchange.answer(200, null, new byte[] {'k'}, () -> {});
              }));
      for (int i = 0; i < 20; i++) {
        calls.add(
            server
                .client()
                .sendAsync(server.request("/slow").build(), HttpResponse.BodyHandlers.ofString()));
      }
      await().until(() -> server.listener.inside() == 20);

      CompletableFuture<Void> stop = CompletableFuture.runAsync(server.listener::stop);
      await().until(() -> isClosed(server));
      assertThat(stop).isNotDone();
      go.release(20);

      for (CompletableFuture<HttpResponse<String>> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS).body()).isEqualTo("k");
      }
      assertThat(stop).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void oneThatDoesNotEndIsCutOff() throws Exception {
    try (TestListener server = new TestListener(Map.of("drain__timeout", 1))) {
      server.add("/never", exchange -> {});
      CompletableFuture<HttpResponse<String>> call =
          server
              .client()
              .sendAsync(server.request("/never").build(), HttpResponse.BodyHandlers.ofString());
      await().until(() -> server.listener.inside() == 1);

      server.listener.stop();

      Assertions.assertThat(call).failsWithin(Duration.ofSeconds(10));
    }
  }

  private static boolean isClosed(TestListener server) throws Exception {
    try {
      server.connect().close();
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  void theServersStopWaitsForTheRequestsInside(@TempDir Path folder) throws Exception {
    Framework felix =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(), "felix.log.level", "1"));
    felix.start();
    Bundle bystander =
        felix.getBundleContext().installBundle("bystander", EmptyBundle.named("bystander"));
    bystander.start();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    felix
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getType() == BundleEvent.STOPPING && event.getBundle() == bystander) {
                    order.add("bundles stop");
                  }
                });
    MetricsComponent metrics = new MetricsComponent();
    TrafficRoutesService routes = new TrafficRoutesService(metrics);
    HttpSettings settings = TestListener.settings(Map.of("stop__delay", 1));
    HealthService health = new HealthService(settings);
    TrafficServer server =
        new TrafficServer(
            felix.getBundleContext(),
            settings,
            routes,
            health,
            metrics,
            new CertificatePlaces(metrics));
    Semaphore go = new Semaphore(0);
    routes.add(
        new TrafficRoute(
            "test",
            "slow",
            PathTemplate.parse("/slow"),
            Set.of("GET"),
            TestListener.onAnotherThread(
                exchange -> {
                  go.acquireUninterruptibly();
                  order.add("answered");
                  exchange.answer(200, null, new byte[] {'k'}, () -> {});
                })));
    assertThat(health.ready()).isTrue();

    try (RawConnection inside = new RawConnection(server.port())) {
      inside.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(go::hasQueuedThreads);
      felix.stop();
      await().until(() -> !health.ready());
      assertThat(health.reasons()).containsEntry("server", "is stopping");
      try (RawConnection late = new RawConnection(server.port())) {
        RawConnection.Answer answer =
            late.send("GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n").answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("connection", "close");
      }
      assertThat(bystander.getState()).isEqualTo(Bundle.ACTIVE);
      go.release();
      assertThat(inside.answer().body()).isEqualTo("k");
    }
    felix.waitForStop(20_000);
    assertThat(order).containsExactly("answered", "bundles stop");
  }
}

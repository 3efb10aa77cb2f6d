package org.caravanserai.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeaturesService;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.ReadOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

class DeployComponentTest {

  @TempDir Path data;
  private TestServer server;
  private final TestServices services = new TestServices();
  private FeaturesTurn turn;

  @BeforeEach
  void start() {
    server = new TestServer(data.resolve("framework"), TestServer.Target.TWO_STEPS);
    turn = new FeaturesTurn(server.framework().getBundleContext());
  }

  @AfterEach
  void stop() {
    server.close();
    services.close();
  }

  private final MetricsComponent metrics = new MetricsComponent();

  private DeployComponent component(String dirs) throws Exception {
    Map<String, Object> set =
        Map.of("data", data.toString(), "dirs", dirs, "max__source__size", 5000, "warm__up", 1);
    DeploySettings settings =
        (DeploySettings)
            Proxy.newProxyInstance(
                DeploySettings.class.getClassLoader(),
                new Class<?>[] {DeploySettings.class},
                (proxy, method, arguments) ->
                    set.getOrDefault(method.getName(), method.getDefaultValue()));
    ReadOnly readOnly =
        (ReadOnly)
            Proxy.newProxyInstance(
                ReadOnly.class.getClassLoader(),
                new Class<?>[] {ReadOnly.class},
                (proxy, method, arguments) ->
                    method.getName().equals("state") ? Optional.empty() : null);
    return new DeployComponent(
        server.framework().getBundleContext(),
        settings,
        services.registry(),
        turn,
        readOnly,
        metrics);
  }

  @Test
  void isReadyOnceWhatLiesInTheFoldersIsLive() throws Exception {
    Path one = Files.createDirectories(data.resolve("one"));
    Files.writeString(one.resolve("hello.java"), TestServer.source("hello", "1"));
    Path two = data.resolve("two");
    DeployComponent component = component(one + ":" + two + "::");
    assertThat(component.name()).isEqualTo("deploy");
    await().until(() -> component.reason().isEmpty());
    assertThat(component.list()).extracting(DeploymentInfo::name).containsExactly("hello");
    assertThat(services.call("hello", "x")).isEqualTo("1 x");
    assertThat(two).isDirectory();
    assertThat(component.files()).isEmpty();
    var text = new ByteArrayOutputStream();
    metrics.write(null, text);
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("serai_deployments{status=\"live\"} 1.0\n")
        .contains("serai_deploys_total{outcome=\"live\"} 1.0\n")
        .contains("serai_deploys_total{outcome=\"rejected\"} 0.0\n");
    component.close();
    assertThat(services.has("hello")).isFalse();
  }

  @Test
  void takesAwayAtTheStartWhatWentWhileTheServerWasDown() throws Exception {
    Path one = Files.createDirectories(data.resolve("one"));
    Path hello = Files.writeString(one.resolve("hello.java"), TestServer.source("hello", "1"));
    Files.writeString(one.resolve("other.java"), TestServer.source("other", "1"));
    DeployComponent first = component(one.toString());
    await().until(() -> first.reason().isEmpty());
    first.close();
    Files.delete(hello);
    DeployComponent second = component(one.toString());
    await().until(() -> second.list().size() == 1);
    assertThat(second.list().get(0).name()).isEqualTo("other");
    second.close();
  }

  @Test
  void hasOneEngineForAllWays() throws Exception {
    DeployComponent component = component("");
    byte[] first = TestServer.source("hello", "1").getBytes(StandardCharsets.UTF_8);
    byte[] second = TestServer.source("hello", "2").getBytes(StandardCharsets.UTF_8);
    assertThat(component.deploy("hello", first, DeployOptions.USUAL)).isInstanceOf(Live.class);
    assertThat(
            component.deploy("hello", second, new DeployOptions(OptionalInt.of(1), false, false)))
        .isInstanceOf(Live.class);
    assertThat(component.rollback("hello", 1, false)).isInstanceOf(Live.class);
    assertThat(component.find("hello").orElseThrow().revision()).isEqualTo(3);
    assertThat(component.deploy("hello", new byte[5001], DeployOptions.USUAL))
        .isInstanceOf(Rejected.class);
    assertThat(component.undeploy("hello")).isTrue();
    component.close();
  }

  @Test
  void servesWhileTheFeaturesServiceWorksAndMakesBundlesAfterwards() throws Exception {
    AtomicReference<DeploymentListener> listener = new AtomicReference<>();
    FeaturesService features =
        (FeaturesService)
            Proxy.newProxyInstance(
                FeaturesService.class.getClassLoader(),
                new Class<?>[] {FeaturesService.class},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "registerListener" -> listener.set((DeploymentListener) arguments[0]);
                    case "unregisterListener" -> listener.set(null);
                    default -> throw new UnsupportedOperationException(method.getName());
                  }
                  return null;
                });
    ServiceRegistration<FeaturesService> registration =
        server
            .framework()
            .getBundleContext()
            .registerService(FeaturesService.class, features, null);
    listener.get().deploymentEvent(DeploymentEvent.DEPLOYMENT_STARTED);
    Path one = Files.createDirectories(data.resolve("one"));
    Files.writeString(one.resolve("hello.java"), TestServer.source("hello", "1"));
    DeployComponent component = component(one.toString());
    await().until(() -> component.reason().isEmpty());
    assertThat(component.find("hello").orElseThrow().status()).isEqualTo("live");
    listener.get().deploymentEvent(DeploymentEvent.BUNDLES_INSTALLED);
    assertThat(component.find("hello").orElseThrow().bundle()).isEmpty();
    listener.get().deploymentEvent(DeploymentEvent.DEPLOYMENT_FINISHED);
    await().until(() -> component.find("hello").orElseThrow().bundle().isPresent());
    registration.unregister();
    assertThat(listener.get()).isNull();
    component.close();
  }
}

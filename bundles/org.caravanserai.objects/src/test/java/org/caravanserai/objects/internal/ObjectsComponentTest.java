package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.objects.ObjectInfo.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsComponentTest {

  private final List<String> events = TestKind.events();
  private final TestKind<Door> doors = TestKind.doors(events);

  @TempDir private Path data;

  private final MetricsComponent metrics = new MetricsComponent();

  /** The settings as the container makes them if nothing but the folder is configured. */
  private ObjectSettings defaults() {
    return (ObjectSettings)
        Proxy.newProxyInstance(
            ObjectSettings.class.getClassLoader(),
            new Class<?>[] {ObjectSettings.class, Annotation.class},
            (proxy, method, arguments) ->
                method.getName().equals("data") ? data.toString() : method.getDefaultValue());
  }

  @Test
  void bringsKindsAndFilesTogether() throws IOException {
    ObjectsComponent component = new ObjectsComponent(defaults(), metrics);
    new KindTracker(component).bindKind(doors);
    assertThat(component.accepts(Path.of("serai.yaml"))).isTrue();
    assertThat(
            component.deploy(
                "/x/serai.yaml", "door: [{name: a, place: A}]".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(component.find("door", "a").orElseThrow().state()).isEqualTo(State.OPEN);
    assertThat(component.list()).hasSize(1);
    await()
        .until(() -> component.reason().equals(Optional.of("kind channel_rest is not there yet")));
    assertThat(component.name()).isEqualTo("objects");

    assertThat(metrics()).contains("serai_objects{kind=\"door\",state=\"open\"} 1.0\n");
    component.undeploy("/x/serai.yaml");
    assertThat(component.list()).isEmpty();
    component.close();
    assertThat(events).containsExactly("open a", "close a");
  }

  @Test
  void theContainerTakesKindsAwayAfterItIsClosed() {
    ObjectsComponent component = new ObjectsComponent(defaults(), metrics);
    KindTracker kinds = new KindTracker(component);
    kinds.bindKind(doors);
    kinds.stop();
    component.close();
    kinds.unbindKind(doors);
    assertThat(doors.taken).isEmpty();
  }

  @Test
  void theDefaultLimitIsTenMegabytes() {
    ObjectsComponent component = new ObjectsComponent(defaults(), metrics);
    assertThat(component.deploy("/x/serai.yaml", new byte[10_000_001]))
        .singleElement()
        .asString()
        .contains("at most 10000000 are allowed");
    component.close();
  }

  private String metrics() throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}

package org.caravanserai.deploy.internal.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class FeaturesGuardTest {

  private static final Disturbed SOMEBODY =
      new Disturbed(7, "acme.report", "1.0.0", "is wired to acme.rates 1.0.0", List.of("report"));

  private final FakeFeaturesService service = new FakeFeaturesService();
  private final List<Disturbed> disturbed = new ArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private final Bundle bundle =
      (Bundle)
          Proxy.newProxyInstance(
              Bundle.class.getClassLoader(),
              new Class<?>[] {Bundle.class},
              (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);
  private boolean watchful = true;

  private final Bystanders bystanders =
      new Bystanders() {
        @Override
        public List<Disturbed> disturbed(FeatureChange change) {
          assertThat(change.stopped()).hasSize(1);
          assertThat(change.uninstalled()).hasSize(1);
          assertThat(change.resolution()).isPresent();
          return disturbed;
        }

        @Override
        public List<String> changes(FeatureChange change) {
          return List.of("feature acme 1.0.0 installed");
        }

        @Override
        public AutoCloseable hold(FeatureChange change) {
          service.done.add("hold");
          return () -> service.done.add("let in");
        }
      };

  private final FeaturesGuard guard =
      FeaturesGuard.of(service, bystanders, () -> watchful, ends::incrementAndGet).orElseThrow();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void doesInItsOrderWhatDisturbsNobody() throws Exception {
    assertThat(service.change(bundle).get()).isEqualTo("changed");
    assertThat(service.done)
        .containsExactly(
            "info", "hold", "stop", "uninstall", "regions", "stop", "refresh", "let in");
    assertThat(ends).hasValue(1);
  }

  @Test
  void refusesWhatDisturbsOthersBeforeAnythingIsDone() throws Exception {
    disturbed.add(SOMEBODY);
    assertThatThrownBy(() -> service.change(bundle).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RefusedChangeException.class)
        .hasMessage(
            """
            refused, for it would restart what others use:
              acme.report 1.0.0 (bundle 7; services report): is wired to acme.rates 1.0.0
            Nothing has changed. To go on all the same: serai:force 'COMMAND'\
            """);
    assertThat(service.done).containsExactly("info");
    assertThat(ends).hasValue(1);
    // The next one is judged by itself.
    disturbed.clear();
    service.done.clear();
    assertThat(service.change(bundle).get()).isEqualTo("changed");
    assertThat(service.done).contains("uninstall");
  }

  @Test
  void goesOnIfTheCallerInsists() throws Exception {
    disturbed.add(SOMEBODY);
    assertThat(Consent.FORCED.call(() -> service.change(bundle)).get()).isEqualTo("changed");
    assertThat(service.done).contains("hold", "refresh", "let in");
    assertThatThrownBy(() -> service.change(bundle).get()).isInstanceOf(ExecutionException.class);
  }

  @Test
  void tellsWhomItWouldDisturbAndDoesNothing() throws Exception {
    disturbed.add(SOMEBODY);
    assertThatThrownBy(
            () -> new FeatureRequest(Consent.PREVIEW).askAndWait(() -> service.ask(bundle)))
        .isInstanceOfSatisfying(
            RefusedChangeException.class,
            refused -> {
              assertThat(refused.disturbed()).containsExactly(SOMEBODY);
              assertThat(refused.changes()).containsExactly("feature acme 1.0.0 installed");
            });
    disturbed.clear();
    assertThatThrownBy(
            () -> new FeatureRequest(Consent.PREVIEW).askAndWait(() -> service.ask(bundle)))
        .isInstanceOfSatisfying(
            RefusedChangeException.class, refused -> assertThat(refused.disturbed()).isEmpty());
    assertThat(service.done).containsExactly("info", "info");
  }

  @Test
  void waitsForTheEndOfAChangeThatTheServiceDoesByTheWay() throws Exception {
    new FeatureRequest(Consent.FORCED).askAndWait(() -> service.ask(bundle));
    assertThat(service.done).last().isEqualTo("let in");
    assertThatThrownBy(() -> new FeatureRequest(Consent.FORCED).askAndWait(() -> "nothing"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesNothingWhileTheServerBegins() throws Exception {
    watchful = false;
    disturbed.add(SOMEBODY);
    assertThat(service.change(bundle).get()).isEqualTo("changed");
    assertThat(service.done)
        .containsExactly("info", "stop", "uninstall", "regions", "stop", "refresh");
  }

  @Test
  void leavesTheServiceAsItWas() throws Exception {
    guard.close();
    disturbed.add(SOMEBODY);
    assertThat(service.change(bundle).get()).isEqualTo("changed");
    assertThat(ends).hasValue(0);
    assertThat(FeaturesGuard.of("another service", bystanders, () -> true, () -> {})).isEmpty();
  }
}

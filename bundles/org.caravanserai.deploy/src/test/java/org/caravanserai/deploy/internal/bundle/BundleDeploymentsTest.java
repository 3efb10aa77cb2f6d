package org.caravanserai.deploy.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Disturbing;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.library.Jars;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Bundles as deployments, in a framework. */
class BundleDeploymentsTest {

  private static final DeployOptions FORCED = new DeployOptions(OptionalInt.empty(), false, true);
  private static final DeployOptions TRIAL = new DeployOptions(OptionalInt.empty(), true, false);

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

  @BeforeEach
  void start() {
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DeployResult deploy(byte[] jar) {
    return deploy(jar, DeployOptions.USUAL);
  }

  private DeployResult deploy(byte[] jar, DeployOptions options) {
    return server.engine().deploy("count", jar, options);
  }

  private DeploymentInfo info() {
    return server.engine().find("count").orElseThrow();
  }

  private BundleContext context() {
    return server.framework().getBundleContext();
  }

  private Bundle bundle() {
    return context().getBundle("serai-bundle:count");
  }

  private Bundle install(String location, byte[] jar) throws Exception {
    Bundle installed = context().installBundle(location, new ByteArrayInputStream(jar));
    installed.start();
    return installed;
  }

  @Test
  void isInstalledAndReplacedInItsPlace() {
    Live first = (Live) deploy(Counting.exporting("1.0.0", "one"));
    assertThat(first.services()).containsExactly("count.next");
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    Bundle bundle = bundle();
    assertThat(info().bundle()).contains(bundle.getBundleId());
    assertThat(server.services().registry().service("count.next").orElseThrow())
        .satisfies(
            each -> {
              assertThat(each.deployment()).isEqualTo("count");
              assertThat(each.revision()).isEqualTo(1);
            });

    Live second = (Live) deploy(Counting.exporting("1.1.0", "two"));
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.affected()).isEmpty();
    assertThat(server.call("count.next", "x")).isEqualTo("two x");
    assertThat(bundle()).isSameAs(bundle);
    assertThat(bundle.getVersion()).hasToString("1.1.0");

    server.engine().rollback("count", 1, false);
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(info().revision()).isEqualTo(3);
  }

  @Test
  void aServiceBundleIsStillServedBesideTheOldOne() {
    byte[] jar =
        Jars.bundle(
            "count",
            "1.0.0",
            Map.of("Import-Package", Counting.API, "Serai-Service", "count.api.Next"),
            Counting.next("side"));
    assertThat(((Live) deploy(jar)).services()).containsExactly("count.next");
    assertThat(bundle()).isNull();
    // And one may follow the other.
    deploy(Counting.exporting("1.0.0", "in place"));
    assertThat(server.call("count.next", "x")).isEqualTo("in place x");
    deploy(jar);
    assertThat(server.call("count.next", "x")).isEqualTo("side x");
    await().until(() -> bundle() == null);
    assertThat(server.call("count.next", "x")).isEqualTo("side x");
  }

  @Test
  void aBundleWithoutServicesIsOneTooAndAnArchiveWithoutANameIsNone() {
    byte[] empty = Jars.bundle("count", "1.0.0", Map.of(), "package empty; class Empty {}");
    assertThat(((Live) deploy(empty)).services()).isEmpty();
    assertThat(bundle().getState()).isEqualTo(Bundle.ACTIVE);
    byte[] annotated =
        Jars.bundle(
            "count", "1.0.0", Map.of("Import-Package", Counting.API), Counting.next("annotated"));
    assertThat(((Live) deploy(annotated)).services()).containsExactly("count.next");
    await().until(() -> bundle() == null);
    Rejected plain = (Rejected) deploy(Jars.plain("package empty; class Empty {}"));
    assertThat(plain.diagnostics().toString()).contains("has no manifest");
  }

  @Test
  void isUninstalledWhenItIsTakenAway() {
    deploy(Counting.exporting("1.0.0", "one"));
    assertThat(server.engine().undeploy("count")).isTrue();
    await().until(() -> bundle() == null);
    assertThat(server.services().has("count.next")).isFalse();
  }

  @Test
  void whatCannotBeResolvedIsRefusedWithWhatIsMissing() {
    deploy(Counting.exporting("1.0.0", "one"));
    Rejected rejected =
        (Rejected)
            deploy(
                Counting.exporting(
                    "2.0.0",
                    "two",
                    Map.of("Import-Package", Counting.API + ";version=\"[7,8)\",nowhere.at.all")));
    assertThat(rejected.stage()).isEqualTo("link");
    assertThat(rejected.diagnostics()).hasSize(2);
    assertThat(rejected.diagnostics().toString())
        .contains("package org.caravanserai.api", "there is 1.0.0 of")
        .contains("package nowhere.at.all is imported, and no bundle exports it; install a");
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(info().revision()).isEqualTo(1);
  }

  @Test
  void whatCannotStartIsTakenBackAndTheOldOneServes() {
    Map<String, String> activator = Map.of("Bundle-Activator", "count.api.Next");
    byte[] bad = withActivator("2.0.0", "bad", activator);
    Rejected alone = (Rejected) deploy(bad);
    assertThat(alone.stage()).isEqualTo("construct");
    assertThat(alone.diagnostics().toString()).contains("its activator failed", "no start");
    assertThat(bundle()).isNull();

    deploy(withActivator("1.0.0", "one", activator));
    assertThat(deploy(bad)).isInstanceOf(Rejected.class);
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(bundle().getVersion()).hasToString("1.0.0");
    assertThat(info().revisions()).containsExactly(info().revision());
  }

  @Test
  void aFileThatWasRefusedIsNotTriedAgainForItsOwnSake() throws Exception {
    Path file = data.resolve("count.jar");
    byte[] bad = withActivator("2.0.0", "bad", Map.of("Bundle-Activator", "count.api.Next"));
    java.nio.file.Files.write(file, bad);
    server.engine().tick();
    assertThat(server.engine().changed("count", file, bad, false)).isTrue();
    assertThat(info().status()).isEqualTo("rejected");
    assertThat(server.engine().tick()).isFalse();
    install("other", Counting.exporting("1.0.0", "x"));
    assertThat(server.engine().tick()).isTrue();
  }

  private static byte[] withActivator(
      String version, String answer, Map<String, String> activator) {
    return Counting.exporting(version, answer, activator);
  }

  @Test
  void whatIsNamedMustBeThereAndFree() {
    assertThat(
            ((Rejected)
                    deploy(Counting.exporting("1.0.0", "x", Map.of("Serai-Service", "count.No"))))
                .diagnostics()
                .toString())
        .contains("Serai-Service names count.No, which can't be loaded");
    server.deploy("other", TestServer.source("count.next", "mine"));
    Rejected taken = (Rejected) deploy(Counting.exporting("1.0.0", "x"));
    assertThat(taken.stage()).isEqualTo("conflict");
    assertThat(taken.diagnostics().toString())
        .contains("service count.next is deployed by other already");
  }

  @Test
  void aFragmentAndABrokenJarAreRefused() {
    assertThat(deploy(Counting.exporting("1.0.0", "x", Map.of("Fragment-Host", "host"))).toString())
        .contains("a fragment goes live with its host only");
    byte[] jar = Counting.exporting("1.0.0", "x");
    Rejected half = (Rejected) deploy(Arrays.copyOf(jar, jar.length - 30));
    assertThat(half.stage()).isEqualTo("compile");
    assertThat(half.diagnostics().toString()).contains("its end is missing");
  }

  @Test
  void comesBackAfterARestartWithTheCacheAndWithout() throws Exception {
    deploy(Counting.exporting("1.0.0", "one"));
    deploy(Counting.exporting("1.1.0", "two"));
    for (boolean clean : new boolean[] {false, true}) {
      server.close();
      if (clean) {
        delete(data.resolve("cache"));
      }
      start();
      await().until(server.engine()::restored);
      assertThat(info().status()).isEqualTo("live");
      assertThat(server.call("count.next", "x")).isEqualTo("two x");
      assertThat(server.services().registry().service("count.next").orElseThrow().revision())
          .isEqualTo(2);
    }
    server.engine().rollback("count", 1, false);
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
  }

  private static void delete(Path folder) throws Exception {
    try (var files = java.nio.file.Files.walk(folder)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.delete(each);
      }
    }
  }

  @Test
  void thoseWiredToItAreShownFirst() throws Exception {
    byte[] one = Counting.exporting("1.0.0", "one");
    deploy(one);
    Bundle user = install("user", Counting.importing(one));
    server.deploy("source", USES_COUNT);
    server.bundles();
    assertThat(server.call("user", "x")).isEqualTo("user of one");

    byte[] two = Counting.exporting("1.0.0", "two");
    Disturbing refused = (Disturbing) deploy(two);
    assertThat(refused.affected().stream().map(AffectedBundle::name))
        .containsExactlyInAnyOrder("user", "source");
    assertThat(refused.affected().stream().flatMap(each -> each.services().stream()))
        .containsExactlyInAnyOrder("user", "source.user");
    assertThat(((Live) deploy(two, TRIAL)).affected()).isEqualTo(refused.affected());
    assertThat(server.call("count.next", "x")).isEqualTo("one x");

    Live live = (Live) deploy(two, FORCED);
    assertThat(live.affected()).isEqualTo(refused.affected());
    assertThat(server.call("count.next", "x")).isEqualTo("two x");
    assertThat(server.call("user", "x")).isEqualTo("user of two");
    assertThat(server.call("source.user", "x")).isEqualTo("source of two");
    assertThat(user.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void aSourceThatIsPinnedToTheOldVersionIsCompiledAgain() {
    deploy(Counting.exporting("1.0.0", "one"));
    server.deploy("source", USES_COUNT);
    server.bundles();
    deploy(Counting.exporting("1.2.0", "two"), FORCED);
    assertThat(server.call("source.user", "x")).isEqualTo("source of two");
    assertThat(server.engine().find("source").orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void whatASourceCannotDoWithoutIsPutBack() {
    deploy(Counting.exporting("1.0.0", "one"));
    server.deploy("source", USES_COUNT);
    server.bundles();
    byte[] without =
        Jars.bundle(
            "count",
            "2.0.0",
            Map.of(
                "Export-Package", "count.api;version=2.0.0",
                "Import-Package", Counting.API,
                "Serai-Service", "count.api.Next"),
            Counting.next("two").replace("word()", "other()"));
    Rejected rejected = (Rejected) deploy(without, FORCED);
    assertThat(rejected.diagnostics().toString()).contains("word");
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(server.call("source.user", "x")).isEqualTo("source of one");
  }

  @Test
  void nobodyWhoCallsMeanwhileNoticesAnything() throws Exception {
    byte[] one = Counting.exporting("1.0.0", "one");
    deploy(one);
    install("user", Counting.importing(one));
    server.deploy("source", USES_COUNT);
    server.bundles();
    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<Integer>> callers =
        List.of("count.next", "user", "source.user", "count.next").stream()
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
    for (int i = 0; i < 5; i++) {
      deploy(Counting.exporting("1.0." + (i + 1), i % 2 == 0 ? "two" : "one"), FORCED);
    }
    stop.set(true);
    for (CompletableFuture<Integer> each : callers) {
      assertThat(each.join()).isPositive();
    }
  }

  @Test
  void whoIsInsideEndsBeforeItIsReplaced() throws Exception {
    deploy(Counting.exporting("1.0.0", "one"));
    CompletableFuture<String> inside =
        CompletableFuture.supplyAsync(() -> server.call("count.next", "wait"));
    await()
        .until(
            () -> server.services().registry().service("count.next").orElseThrow().inside() == 1);
    deploy(Counting.exporting("1.1.0", "two"));
    assertThat(inside.join()).isEqualTo("one wait");
    assertThat(server.call("count.next", "x")).isEqualTo("two x");
  }

  @Test
  void aBundleInstalledByHandServesAndItsUpdateHoldsCallsUp() throws Exception {
    Bundle bundle = install("by-hand", Counting.exporting("1.0.0", "one"));
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
    assertThat(server.services().registry().service("count.next").orElseThrow().deployment())
        .isEqualTo("bundle:count");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> caller =
        CompletableFuture.supplyAsync(
            () -> {
              int calls = 0;
              while (!stop.get()) {
                assertThat(server.call("count.next", "x")).containsAnyOf("one", "two");
                calls++;
              }
              return calls;
            });
    for (int i = 0; i < 5; i++) {
      bundle.update(
          new ByteArrayInputStream(Counting.exporting("1.0." + i, i % 2 == 0 ? "two" : "one")));
    }
    stop.set(true);
    assertThat(caller.join()).isPositive();
    assertThat(server.call("count.next", "x")).isEqualTo("two x");

    bundle.stop();
    assertThat(server.services().has("count.next")).isFalse();
    bundle.start();
    assertThat(server.call("count.next", "x")).isEqualTo("two x");
    bundle.uninstall();
    assertThat(server.services().has("count.next")).isFalse();
  }

  /** As a DS component is one. */
  public static final class Registered implements Service<String, String>, AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public String handle(String input, Context context) {
      return "registered " + input + closed;
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void osgiServicesAreServices() throws Exception {
    Bundle bundle =
        install("empty", Jars.bundle("empty", "1.0.0", Map.of(), "public class Empty {}"));
    Dictionary<String, Object> named =
        FrameworkUtil.asDictionary(Map.of("serai.service", "by.property"));
    Registered service = new Registered();
    ServiceRegistration<?> registration =
        bundle.getBundleContext().registerService(Service.class, service, named);
    assertThat(server.call("by.property", "x")).isEqualTo("registered xfalse");
    ServiceRegistration<?> derived =
        bundle.getBundleContext().registerService(Service.class, service, null);
    String name = "org.caravanserai.deploy.internal.bundle.bundle-deployments-test.registered";
    assertThat(server.call(name, "x")).isEqualTo("registered xfalse");
    registration.unregister();
    assertThat(server.services().has("by.property")).isFalse();
    // Who made it closes it.
    assertThat(service.closed).isFalse();
    derived.unregister();
  }

  @Test
  void isStoppedAndStartedByHand() throws Exception {
    deploy(Counting.exporting("1.0.0", "one"));
    bundle().stop();
    assertThat(info().status()).isEqualTo("stopped");
    bundle().start();
    assertThat(info().status()).isEqualTo("live");
    assertThat(server.call("count.next", "x")).isEqualTo("one x");
  }

  @Test
  void aTrialTouchesNothing() {
    Live would = (Live) deploy(Counting.exporting("1.0.0", "one"), TRIAL);
    assertThat(would.services()).containsExactly("count.next");
    assertThat(bundle()).isNull();
    assertThat(server.services().has("count.next")).isFalse();
    assertThat(
            Arrays.stream(context().getBundles())
                .map(Bundle::getLocation)
                .filter(each -> each.startsWith("serai-")))
        .isEmpty();
  }
}

package org.caravanserai.deploy.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravanserai.deploy.internal.TestServer.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Missing;
import org.caravanserai.deploy.DeployResult.Outdated;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.DeploymentChange;
import org.caravanserai.deploy.DeploymentChange.Outcome;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.RevisionInfo;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.store.Current;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

@ParameterizedClass
@EnumSource(TestServer.Target.class)
class DeployEngineTest {

  @Parameter TestServer.Target target;

  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data, target);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesASourceLive() {
    Live live = (Live) server.deploy("hello", source("hello.world", "Hello"));
    assertThat(live.status()).isEqualTo("live");
    assertThat(live.revision()).isEqualTo(1);
    assertThat(live.first()).isTrue();
    assertThat(live.services()).containsExactly("hello.world");
    assertThat(live.timings().compileMs()).isPositive();
    assertThat(server.call("hello.world", "Ada")).isEqualTo("Hello Ada");
  }

  @Test
  void isAnOrdinaryBundleThatExportsNothing() {
    server.deploy("hello.there", source("hello.world", "Hello"));
    assertThat(server.bundles())
        .singleElement()
        .satisfies(
            bundle -> {
              assertThat(bundle.getSymbolicName()).isEqualTo("hello.there");
              assertThat(bundle.getVersion()).hasToString("1.0.0.rev-1");
              assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
              assertThat(bundle.getHeaders().get("Serai-Service")).isEqualTo("Answer");
              assertThat(bundle.getHeaders().get("Import-Package"))
                  .isEqualTo("org.caravanserai.api;version=\"[1.0.0,1.0.0]\"");
              assertThat(bundle.getHeaders().get("Export-Package")).isNull();
            });
  }

  @Test
  void replacesARevisionAndUninstallsTheOldOne() {
    server.deploy("hello", source("hello.world", "Hello"));
    Live second = (Live) server.deploy("hello", source("hello.world", "Goodbye"));
    assertThat(second.first()).isFalse();
    assertThat(second.revision()).isEqualTo(2);
    assertThat(server.call("hello.world", "Ada")).isEqualTo("Goodbye Ada");
    await().until(() -> server.bundles().size() == 1);
    assertThat(server.bundles().get(0).getVersion()).hasToString("1.0.0.rev-2");
    assertThat(info("hello").revisions()).containsExactly(1, 2);
  }

  @Test
  void tellsWhatBecomesOfDeployments() {
    List<DeploymentChange> told = new CopyOnWriteArrayList<>();
    Consumer<DeploymentChange> follower = told::add;
    server.engine().changes().add(follower);
    server.deploy("hello", source("hello.world", "Hello"));
    server.deploy("hello", source("hello.world", "Hello"));
    server.deploy("hello", "no Java");
    server.deploy("hello", source("hello.world", "Goodbye"));
    server.engine().rollback("hello", 1, false);
    server.engine().undeploy("hello");
    server.engine().changes().remove(follower);
    server.deploy("hello", source("hello.world", "Hello"));
    assertThat(told)
        .extracting(DeploymentChange::outcome)
        .containsExactly(
            Outcome.LIVE, Outcome.REJECTED, Outcome.LIVE, Outcome.ROLLED_BACK, Outcome.UNDEPLOYED);
    assertThat(told).extracting(DeploymentChange::name).containsOnly("hello");
    assertThat(told.get(0).services()).containsExactly("hello.world");
    assertThat(told.get(1).revision()).contains(1);
    assertThat(told.get(1).message().orElse("")).startsWith("compile: ");
    assertThat(told.get(4).revision()).isEmpty();
  }

  @Test
  void knowsTheRevisionsAndTheirSources() {
    server.deploy("hello", source("hello.world", "1"));
    server.deploy("hello", source("hello.other", "2"));
    server.deploy("hello", "no Java");
    server.engine().rollback("hello", 1, false);
    assertThat(server.engine().revisions("hello"))
        .extracting(RevisionInfo::number)
        .containsExactly(3, 2, 1);
    RevisionInfo last = server.engine().revisions("hello").get(0);
    assertThat(last.isCurrent()).isTrue();
    assertThat(last.outcome()).contains(Outcome.ROLLED_BACK);
    assertThat(last.services()).containsExactly("hello.world");
    RevisionInfo second = server.engine().revisions("hello").get(1);
    assertThat(second.isCurrent()).isFalse();
    assertThat(second.since()).isPresent();
    assertThat(second.services()).containsExactly("hello.other");
    assertThat(server.engine().source("hello", 2).orElseThrow())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(source("hello.other", "2"));
    assertThat(server.engine().source("hello", 4)).isEmpty();
    server.close();
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
    assertThat(server.engine().revisions("hello"))
        .extracting(RevisionInfo::isCurrent)
        .containsExactly(true, false, false);
    assertThat(server.engine().revisions("hello").get(0).since()).isPresent();
    assertThat(server.engine().revisions("nothing")).isEmpty();
  }

  @Test
  void doesNothingForTheCurrentSource() {
    server.deploy("hello", source("hello.world", "Hello"));
    Live again = (Live) server.deploy("hello", source("hello.world", "Hello"));
    assertThat(again.status()).isEqualTo("unchanged");
    assertThat(again.revision()).isEqualTo(1);
    assertThat(again.services()).containsExactly("hello.world");
  }

  @Test
  void losesNoCallWhileRevisionsFollowEachOther() throws Exception {
    server.deploy("hello", source("hello.world", "0"));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  server.call("hello.world", "x");
                  calls.incrementAndGet();
                }
              }));
    }
    for (int i = 1; i <= 30; i++) {
      assertThat(server.deploy("hello", source("hello.world", "" + i))).isInstanceOf(Live.class);
    }
    done.set(true);
    CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get();
    assertThat(calls.get()).isPositive();
    assertThat(server.call("hello.world", "x")).isEqualTo("30 x");
    await().until(() -> server.bundles().size() == 1);
  }

  @Test
  void letsACallInsideAnOldRevisionLoadItsClasses() throws Exception {
    Gate.reset();
    server.deploy(
        "slow",
        """
        import org.caravanserai.api.*;
        @ServiceName("slow")
        public class Slow implements Service<String, String> {
          @Override public String handle(String input, Context context) throws Exception {
            Runnable gate = (Runnable) System.getProperties().get("serai.test.gate");
            gate.run();
            return new Late().answer();
          }
          static class Late { String answer() { return "old"; } }
        }
        """);
    CompletableFuture<String> inside = CompletableFuture.supplyAsync(() -> server.call("slow", ""));
    Gate.entered.await();
    server.deploy("slow", source("slow", "new"));
    assertThat(server.call("slow", "x")).isEqualTo("new x");
    // Bundles go one after the other: once this one is gone, the old one would be too.
    server.deploy("other", source("other", "1"));
    server.engine().undeploy("other");
    await().until(() -> server.bundles().stream().noneMatch(this::isOther));
    assertThat(server.bundles()).hasSize(2);
    Gate.open.countDown();
    assertThat(inside.get()).isEqualTo("old");
    await().until(() -> server.bundles().size() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compile:public class A {",
        "check:public class A {}",
        "check:class A implements org.caravanserai.api.Service<String, String> {"
            + " public String handle(String i, org.caravanserai.api.Context c) { return i; } }",
        "construct:public class A implements org.caravanserai.api.Service<String, String> {"
            + " public A() { throw new IllegalStateException(); }"
            + " public String handle(String i, org.caravanserai.api.Context c) { return i; } }"
      })
  void keepsTheOldRevisionWhenANewOneIsRefused(String stageAndSource) {
    String[] parts = stageAndSource.split(":", 2);
    server.deploy("hello", source("hello.world", "Hello"));
    Rejected rejected = (Rejected) server.deploy("hello", parts[1]);
    assertThat(rejected.stage()).isEqualTo(parts[0]);
    assertThat(rejected.diagnostics()).isNotEmpty();
    assertThat(rejected.diagnostics().get(0).file()).isEqualTo("hello.java");
    assertThat(server.call("hello.world", "Ada")).isEqualTo("Hello Ada");
    assertThat(server.bundles()).hasSize(1);
    assertThat(info("hello").status()).isEqualTo("live");
    assertThat(info("hello").rejected()).isEqualTo(rejected.diagnostics());
    assertThat(info("hello").revisions()).containsExactly(1);
  }

  @Test
  void tellsTheLineOfAConstructorThatThrows() {
    Rejected rejected =
        (Rejected)
            server.deploy(
                "hello",
                """
                public class A implements org.caravanserai.api.Service<String, String> {
                  public A() {
                    throw new IllegalStateException();
                  }
                  public String handle(String i, org.caravanserai.api.Context c) { return i; }
                }
                """);
    assertThat(rejected.diagnostics().get(0).line()).isEqualTo(3);
  }

  @Test
  void refusesANameThatAnotherDeploymentHas() {
    server.deploy("hello", source("hello.world", "Hello"));
    Rejected rejected = (Rejected) server.deploy("other", source("hello.world", "Other"));
    assertThat(rejected.stage()).isEqualTo("conflict");
    assertThat(rejected.diagnostics())
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("service hello.world is deployed by hello already");
    assertThat(server.call("hello.world", "Ada")).isEqualTo("Hello Ada");
    assertThat(server.bundles()).hasSize(1);
    assertThat(server.engine().find("other")).isEmpty();
  }

  @Test
  void refusesTwoClassesWithOneName() {
    String two =
        source("hello.world", "a") + source("hello.world", "b").replace("Answer", "Second");
    Rejected rejected =
        (Rejected) server.deploy("hello", two.replaceAll("(?s)(?<=\\})\\s*import [^;]*;", ""));
    assertThat(rejected.stage()).isEqualTo("conflict");
  }

  @Test
  void switchesAllServicesOfAFileAndTakesAwayThoseItNoLongerHas() {
    String body =
        " implements Service<String, String> {"
            + " public String handle(String i, Context c) { return i; } }\n";
    server.deploy(
        "pair",
        "import org.caravanserai.api.*;\n"
            + ("@ServiceName(\"a\") public class A" + body)
            + ("@ServiceName(\"b\") public class B" + body));
    assertThat(server.call("a", "1") + server.call("b", "2")).isEqualTo("12");
    server.deploy(
        "pair",
        "import org.caravanserai.api.*;\n"
            + ("@ServiceName(\"a\") public class A" + body)
            + ("@ServiceName(\"c\") public class C" + body));
    assertThat(server.call("a", "1") + server.call("c", "3")).isEqualTo("13");
    assertThat(server.services().has("b")).isFalse();
  }

  @Test
  void refusesWhenAnotherRevisionIsCurrentThanExpected() {
    server.deploy("hello", source("hello.world", "1"));
    byte[] next = source("hello.world", "2").getBytes(StandardCharsets.UTF_8);
    assertThat(
            server
                .engine()
                .deploy("hello", next, new DeployOptions(OptionalInt.of(7), false, false)))
        .isEqualTo(new Outdated(1));
    assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
    assertThat(
            server
                .engine()
                .deploy("hello", next, new DeployOptions(OptionalInt.of(1), false, false)))
        .isInstanceOf(Live.class);
  }

  @Test
  void onlyTellsInADryRun() {
    byte[] source = source("hello.world", "1").getBytes(StandardCharsets.UTF_8);
    Live dry =
        (Live)
            server
                .engine()
                .deploy("hello", source, new DeployOptions(OptionalInt.empty(), true, false));
    assertThat(dry.status()).isEqualTo("would-be-live");
    assertThat(dry.services()).containsExactly("hello.world");
    assertThat(server.engine().find("hello")).isEmpty();
    assertThat(server.services().has("hello.world")).isFalse();
    assertThat(server.bundles()).isEmpty();
    assertThat(((Live) server.deploy("hello", source("hello.world", "1"))).revision()).isEqualTo(1);
  }

  @Test
  void rollsBackAsANewRevision() {
    server.deploy("hello", source("hello.world", "1"));
    server.deploy("hello", source("hello.world", "2"));
    Live back = (Live) server.engine().rollback("hello", 1, false);
    assertThat(back.revision()).isEqualTo(3);
    assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
    assertThat(server.engine().rollback("hello", 9, false))
        .isEqualTo(new Missing("hello has no revision 9"));
    assertThat(server.engine().rollback("other", 1, false))
        .isEqualTo(new Missing("there is no deployment other"));
  }

  @Test
  void takesADeploymentAwayAndGoesOnCounting() {
    server.deploy("hello", source("hello.world", "1"));
    assertThat(server.engine().undeploy("hello")).isTrue();
    assertThat(server.engine().undeploy("hello")).isFalse();
    assertThat(server.services().has("hello.world")).isFalse();
    assertThat(server.engine().list()).isEmpty();
    await().until(() -> server.bundles().isEmpty());
    Live again = (Live) server.deploy("hello", source("hello.world", "1"));
    assertThat(again.first()).isTrue();
    assertThat(again.revision()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/b", ".hidden", "a..b", "a b", "ü", "a.", "x\n"})
  void refusesNamesThatAreNone(String name) {
    Rejected rejected = (Rejected) server.deploy(name, source("hello.world", "1"));
    assertThat(rejected.diagnostics().get(0).message()).startsWith("a deployment's name");
  }

  @Test
  void restoresTheCurrentRevisionsAfterARestart() {
    server.deploy("hello", source("hello.world", "1"));
    server.deploy("hello", source("hello.world", "2"));
    server.deploy("gone", source("gone", "1"));
    server.engine().undeploy("gone");
    DeploymentInfo before = info("hello");
    restart();
    assertThat(server.call("hello.world", "x")).isEqualTo("2 x");
    assertThat(server.engine().list())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("bundle")
        .containsExactly(before);
    assertThat(server.bundles()).hasSize(1);
    assertThat(((Live) server.deploy("hello", source("hello.world", "3"))).revision()).isEqualTo(3);
  }

  @Test
  void servesARevisionOfWhichNobodyWasToldBecauseTheServerEnded() throws Exception {
    server.deploy("hello", source("hello.world", "1"));
    appendUnconfirmed("hello", 2, source("hello.world", "2"));
    for (int start = 0; start < 2; start++) {
      assertThat(server.call("hello.world", "x")).isEqualTo("2 x");
      assertThat(info("hello").revision()).isEqualTo(2);
      assertThat(info("hello").revisions()).containsExactly(1, 2);
      restart();
    }
  }

  @Test
  void servesTheOneBeforeARevisionThatCanNotBeServed() throws Exception {
    server.deploy("hello", source("hello.world", "1"));
    appendUnconfirmed("hello", 2, thrower("hello.world"));
    for (int start = 0; start < 2; start++) {
      assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
      assertThat(info("hello").status()).isEqualTo("live");
      assertThat(info("hello").rejected()).isEmpty();
      assertThat(info("hello").revision()).isEqualTo(1);
      assertThat(info("hello").revisions()).containsExactly(1);
      restart();
    }
    assertThat(((Live) server.deploy("hello", source("hello.world", "3"))).revision()).isEqualTo(3);
  }

  @Test
  void isNotThereIfItsFirstRevisionCanNotBeServed() throws Exception {
    appendUnconfirmed("hello", 1, thrower("hello.world"));
    for (int start = 0; start < 2; start++) {
      assertThat(server.engine().find("hello")).isEmpty();
      assertThat(server.services().has("hello.world")).isFalse();
      assertThat(server.bundles()).isEmpty();
      restart();
    }
    Live again = (Live) server.deploy("hello", source("hello.world", "2"));
    assertThat(again.first()).isTrue();
    assertThat(again.revision()).isEqualTo(2);
  }

  @Test
  void staysAwayIfItWasTakenAwayBeforeARevisionThatCanNotBeServed() throws Exception {
    server.deploy("hello", source("hello.world", "1"));
    server.engine().undeploy("hello");
    appendUnconfirmed("hello", 2, thrower("hello.world"));
    assertThat(server.engine().find("hello")).isEmpty();
    assertThat(server.services().has("hello.world")).isFalse();
  }

  @Test
  void takesTheFileAwayWithTheDeploymentUnlessItIsNewer() throws Exception {
    Path file = saved(source("hello.world", "1"));
    String newer = source("hello.world", "newer");
    Files.writeString(file, newer);
    assertThat(server.engine().undeploy("hello")).isTrue();
    assertThat(file).hasContent(newer);
    saved(newer);
    assertThat(server.call("hello.world", "x")).isEqualTo("newer x");
    assertThat(server.engine().undeploy("hello")).isTrue();
    assertThat(file).doesNotExist();
    // What comes there next is new, even if it is the same.
    saved(newer);
    assertThat(server.call("hello.world", "x")).isEqualTo("newer x");
  }

  @Test
  void writesIntoTheFileThatWasLeftOfADeploymentThatWasTakenAway() throws Exception {
    Path file = saved(source("hello.world", "1"));
    server.close();
    try (RevisionStore store = RevisionStore.open(data.resolve("revisions"), 100)) {
      // The server ended before the file was deleted.
      store.update(store.load().get(0).current().gone(Sha256.of(Files.readAllBytes(file))));
    }
    startAgain();
    server.engine().changed("hello", file, Files.readAllBytes(file), false);
    assertThat(server.engine().find("hello")).isEmpty();
    String two = source("hello.world", "2");
    server.deploy("hello", two);
    assertThat(file).hasContent(two);
    restart();
    server.engine().changed("hello", file, Files.readAllBytes(file), false);
    assertThat(server.call("hello.world", "x")).isEqualTo("2 x");
    assertThat(info("hello").revision()).isEqualTo(2);
  }

  private Path saved(String source) throws Exception {
    Path file = Files.writeString(data.resolve("hello.java"), source);
    server.engine().changed("hello", file, Files.readAllBytes(file), false);
    return file;
  }

  /** What a server leaves that ends while it deploys. */
  private void appendUnconfirmed(String name, int revision, String source) throws Exception {
    server.close();
    byte[] content = source.getBytes(StandardCharsets.UTF_8);
    try (RevisionStore store = RevisionStore.open(data.resolve("revisions"), 100)) {
      store
          .append(
              new Current(
                  name,
                  revision,
                  Sha256.of(content),
                  true,
                  Optional.empty(),
                  "",
                  false,
                  Instant.EPOCH),
              content,
              new byte[0])
          .await();
    }
    startAgain();
  }

  private static String thrower(String service) {
    return """
        import org.caravanserai.api.*;
        @ServiceName("%s")
        public class Thrower implements Service<String, String> {
          public Thrower() { throw new IllegalStateException("no luck"); }
          @Override public String handle(String input, Context context) { return input; }
        }
        """
        .formatted(service);
  }

  @Test
  void removesBundlesThatTheFrameworkCacheKept() {
    server.deploy("hello", source("hello.world", "1"));
    server.stopFramework();
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
    assertThat(server.bundles())
        .singleElement()
        .satisfies(bundle -> assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE));
    assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
  }

  @Test
  void servesWhatIsNotDamagedInTheStoreAndTellsWhatIs() throws Exception {
    server.deploy("a", source("service.a", "1"));
    server.deploy("b", source("service.b", "1"));
    server.close();
    Path log = data.resolve("revisions/00000001.log");
    byte[] bytes = Files.readAllBytes(log);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("service.a")] ^= 1;
    Files.write(log, bytes);
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
    assertThat(info("a").status()).isEqualTo("failed");
    assertThat(info("b").status()).isEqualTo("live");
    assertThat(server.call("service.b", "x")).isEqualTo("1 x");
    assertThat(((Live) server.deploy("a", source("service.a", "2"))).revision()).isEqualTo(2);
    assertThat(server.call("service.a", "x")).isEqualTo("2 x");
  }

  @Test
  void emptiesTheSlotsOfABundleThatIsStoppedByHand() throws Exception {
    server.deploy("hello", source("hello.world", "1"));
    Bundle bundle = server.bundles().get(0);
    bundle.stop();
    assertThat(server.services().has("hello.world")).isFalse();
    assertThat(info("hello").status()).isEqualTo("stopped");
    bundle.start();
    assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
    assertThat(info("hello").status()).isEqualTo("live");
    bundle.uninstall();
    assertThat(server.services().has("hello.world")).isFalse();
    assertThat(((Live) server.deploy("hello", source("hello.world", "1"))).status())
        .isEqualTo("live");
    assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
  }

  @Test
  void waitsForCallsInsideABundleThatIsStoppedByHand() throws Exception {
    Gate.reset();
    server.deploy(
        "slow",
        """
        import org.caravanserai.api.*;
        @ServiceName("slow")
        public class Slow implements Service<String, String> {
          @Override public String handle(String input, Context context) throws Exception {
            ((Runnable) System.getProperties().get("serai.test.gate")).run();
            return "done";
          }
        }
        """);
    CompletableFuture<String> inside = CompletableFuture.supplyAsync(() -> server.call("slow", ""));
    Gate.entered.await();
    CompletableFuture<Void> stop =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.bundles().get(0).stop();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !server.services().has("slow"));
    assertThat(stop).isNotDone();
    Gate.open.countDown();
    assertThat(inside.get()).isEqualTo("done");
    stop.get();
  }

  @Test
  void makesNoBundleWhileTheFeaturesServiceWorks() throws Exception {
    await().until(() -> server.engine().restored());
    server.turn().giveWay();
    CompletableFuture<DeployResult> deploy =
        CompletableFuture.supplyAsync(() -> server.deploy("hello", source("hello.world", "1")));
    if (target == TestServer.Target.BUNDLES) {
      assertThatThrownBy(() -> deploy.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    } else {
      assertThat(deploy.get()).isInstanceOf(Live.class);
      assertThat(server.call("hello.world", "x")).isEqualTo("1 x");
    }
    assertThat(server.framework().getBundleContext().getBundles()).hasSize(1);
    server.turn().resume();
    assertThat(deploy.get()).isInstanceOf(Live.class);
    assertThat(server.bundles()).hasSize(1);
  }

  @Test
  void saysNothingOfASourceThatMayBeUnfinishedUntilItCompiles() throws Exception {
    Path file = data.resolve("half.java");
    byte[] half = "public class Half {".getBytes(StandardCharsets.UTF_8);
    Files.write(file, half);
    assertThat(server.engine().changed("half", file, half, true)).isFalse();
    assertThat(server.engine().list()).isEmpty();
    byte[] whole = source("half", "whole").getBytes(StandardCharsets.UTF_8);
    Files.write(file, whole);
    assertThat(server.engine().changed("half", file, whole, true)).isTrue();
    assertThat(server.call("half", "x")).isEqualTo("whole x");
    Files.write(file, half);
    assertThat(server.engine().changed("half", file, half, false)).isTrue();
    assertThat(info("half").rejected()).isNotEmpty();
    assertThat(server.call("half", "x")).isEqualTo("whole x");
  }

  private boolean isOther(Bundle bundle) {
    return bundle.getSymbolicName().equals("other");
  }

  private void restart() {
    server.close();
    startAgain();
  }

  private void startAgain() {
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
  }

  private DeploymentInfo info(String name) {
    return server.engine().find(name).orElseThrow();
  }

  /** Holds a call inside a service, which finds it among the system properties. */
  private static final class Gate {
    private static CountDownLatch entered;
    private static CountDownLatch open;

    static void reset() {
      entered = new CountDownLatch(1);
      open = new CountDownLatch(1);
      Runnable gate =
          () -> {
            entered.countDown();
            try {
              open.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          };
      System.getProperties().put("serai.test.gate", gate);
    }
  }
}

package org.caravanserai.deploy.internal.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.library.Jars;
import org.caravanserai.spi.ArtifactResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code //DEPS} lines. */
@ParameterizedClass
@EnumSource(TestServer.Target.class)
class PrivateLibrariesTest {

  private static final String LIB = "com.acme:lib:1.0";

  @Parameter TestServer.Target target;
  @TempDir Path data;
  @TempDir Path repository;
  private TestServer server;
  private final Map<String, List<Path>> known = new HashMap<>();
  private final List<List<String>> asked = new ArrayList<>();

  private List<ArtifactResolver.Artifact> resolve(List<String> artifacts) throws IOException {
    asked.add(artifacts);
    List<ArtifactResolver.Artifact> found = new ArrayList<>();
    for (String each : artifacts) {
      if (!known.containsKey(each)) {
        throw new IOException("Could not find artifact " + each + " in nowhere");
      }
      known.get(each).forEach(jar -> found.add(new ArtifactResolver.Artifact(each, jar)));
    }
    return found;
  }

  @BeforeEach
  void start() {
    server = new TestServer(data, target);
    server.artifacts(this::resolve);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart() {
    server.close();
    start();
  }

  private void put(String artifact, byte[]... jars) throws IOException {
    List<Path> files = new ArrayList<>();
    for (byte[] each : jars) {
      files.add(Files.write(Files.createTempFile(repository, "lib", ".jar"), each));
    }
    known.put(artifact, files);
  }

  private static byte[] lib(String version) {
    return Jars.plain(Jars.lib(version), "lib/data.txt", "data of " + version);
  }

  private static String uses(String dependencies, String expression) {
    return """
        // A greeting
        %s
        import org.caravanserai.api.*;
        @ServiceName("hello")
        public class Hello implements Service<String, String> {
          @Override public String handle(String input, Context context) throws Exception {
            return String.valueOf(%s);
          }
        }
        """
        .formatted(dependencies, expression);
  }

  private static String uses(String dependencies) {
    return uses(dependencies, "lib.a.Lib.version()");
  }

  private String refusal(DeployResult result) {
    assertThat(result).isInstanceOf(Rejected.class);
    return ((Rejected) result)
        .diagnostics().stream().map(String::valueOf).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void theLibraryAndWhatItNeedsIsOnTheClassPath() throws Exception {
    byte[] base = lib("one");
    put(
        LIB,
        Jars.using(
            "package lib.b; public class Above { public static String of() { return \"above \" +"
                + " lib.a.Lib.version(); } }",
            List.of(base)),
        base);
    assertThat(server.deploy("hello", uses("//DEPS " + LIB, "lib.b.Above.of()")))
        .isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("above one");
    assertThat(server.bundles().get(0).getHeaders().get("Import-Package"))
        .doesNotContain("lib.")
        .contains("org.caravanserai.api");
  }

  @Test
  void filesOfTheLibraryAreResources() throws Exception {
    put(LIB, lib("one"));
    String text = "new String(Hello.class.getResourceAsStream(\"/lib/data.txt\").readAllBytes())";
    assertThat(server.deploy("hello", uses("//DEPS " + LIB, text))).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("data of one");
    String url = "Hello.class.getResource(\"/lib/data.txt\").openStream().read()";
    assertThat(server.deploy("hello", uses("//DEPS " + LIB, url))).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("" + (int) 'd');
  }

  @Test
  void theTypesOfTheServerStayThoseOfTheServer() throws Exception {
    put(
        LIB,
        Jars.plain("package org.slf4j; public class Logger { public static void own() {} }"),
        lib("one"));
    String logger = "lib.a.Lib.version() + (context.log() instanceof org.slf4j.Logger)";
    assertThat(server.deploy("hello", uses("//DEPS " + LIB, logger))).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("onetrue");
  }

  @Test
  void deploymentsHaveEachItsOwn() throws Exception {
    put(LIB, lib("one"));
    put("com.acme:lib:2.0", lib("two"));
    server.deploy("hello", uses("//DEPS " + LIB));
    server.deploy("other", uses("//DEPS com.acme:lib:2.0").replace("\"hello\"", "\"other\""));
    assertThat(server.call("hello", "") + server.call("other", "")).isEqualTo("onetwo");
  }

  @Test
  void wrongLinesAreToldWhereTheyStand() throws Exception {
    assertThat(refusal(server.deploy("hello", uses("//DEPS com.acme:lib 'x' // why"))))
        .contains("hello.java:2:8: error: 'com.acme:lib' is not GROUP:ARTIFACT:VERSION")
        .contains("hello.java:2:21: error: ''x'' is not");
    assertThat(refusal(server.deploy("hello", uses("//DEPS")))).contains("hello.java:2:1");
    put(LIB, lib("one"));
    assertThat(refusal(server.deploy("hello", uses("//DEPS " + LIB + ", com.acme:no:1\n"))))
        .contains("hello.java:2:26: error: can't be had: Could not find artifact com.acme:no:1");
    server.artifacts(artifacts -> List.of());
    assertThat(refusal(server.deploy("hello", uses("//DEPS com.acme:none:1"))))
        .contains("lib cannot be resolved");
  }

  @Test
  void aFailureIsLookedAtAgainTheNextTime() throws Exception {
    assertThat(refusal(server.deploy("hello", uses("//DEPS " + LIB)))).contains("Could not find");
    put(LIB, lib("one"));
    assertThat(server.deploy("hello", uses("//DEPS " + LIB))).isInstanceOf(Live.class);
  }

  @Test
  void neitherASaveNorARestartNorARollbackAsksAgain() throws Exception {
    put(LIB, lib("one"));
    put("com.acme:lib:2.0", lib("two"));
    server.deploy("hello", uses("//DEPS " + LIB));
    server.deploy("hello", uses("//DEPS " + LIB) + "// saved again\n");
    server.deploy("hello", uses("//DEPS com.acme:lib:2.0"));
    assertThat(asked).hasSize(2);
    known.clear();
    restart();
    await().until(() -> server.engine().restored());
    assertThat(server.call("hello", "")).isEqualTo("two");
    assertThat(server.engine().rollback("hello", 1, false)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("one");
    assertThat(server.deploy("hello", uses("//DEPS " + LIB) + "\n")).isInstanceOf(Live.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRedeploymentAsksAndARollbackHasWhatItHad() throws Exception {
    put("com.acme:lib:1-SNAPSHOT", lib("one"));
    server.deploy("hello", uses("//DEPS com.acme:lib:1-SNAPSHOT"));
    put("com.acme:lib:1-SNAPSHOT", lib("two"));
    server.deploy("hello", uses("//DEPS com.acme:lib:1-SNAPSHOT") + "\n");
    assertThat(server.call("hello", "")).isEqualTo("one");
    assertThat(server.engine().redeploy("hello")).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("two");
    known.clear();
    assertThat(refusal(server.engine().redeploy("hello"))).contains("Could not find");
    assertThat(server.call("hello", "")).isEqualTo("two");
    assertThat(server.engine().rollback("hello", 1, false)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("one");
  }

  @Test
  void jarsThatNoRevisionHasAreDeletedAtAStart() throws Exception {
    put(LIB, lib("one"));
    server.deploy("hello", uses("//DEPS " + LIB));
    server.engine().redeploy("hello");
    Path jars = data.resolve("libraries/private");
    Path stray = Files.write(jars.resolve("0123.jar"), new byte[] {1});
    restart();
    server.engine().cleanUp();
    await().until(() -> !Files.exists(stray));
    try (Stream<Path> left = Files.list(jars)) {
      // The jar, and who has it.
      assertThat(left.toList()).hasSize(3);
    }
    assertThat(server.call("hello", "")).isEqualTo("one");
  }

  @Test
  void nothingHoldsTheClassesOfARevisionThatIsGone() throws Exception {
    put(LIB, lib("one"));
    server.deploy("hello", uses("//DEPS " + LIB, "lib.a.Lib.class.hashCode()"));
    WeakReference<Class<?>> loaded = loaded();
    server.deploy("hello", TestServer.source("hello", "none"));
    await()
        .until(
            () -> {
              System.gc();
              return loaded.get() == null;
            });
  }

  private WeakReference<Class<?>> loaded() throws ClassNotFoundException {
    return new WeakReference<>(server.bundles().get(0).loadClass("lib.a.Lib"));
  }
}

package org.caravanserai.deploy.internal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.LibraryInfo;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

@ParameterizedClass
@EnumSource(TestServer.Target.class)
class SharedLibrariesTest {

  private static final String USES_LIB = Jars.usesLib("hello");

  private static final String OTHER =
      "package lib.b; public class Other { public String text() { return \"b\" + lib.a.Lib.version(); } }";

  private static final String USES_OTHER =
      """
      import lib.b.Other;
      import org.caravanserai.api.*;
      @ServiceName("hello")
      public class Hello implements Service<String, String> {
        @Override public String handle(String input, Context context) { return new Other().text(); }
      }
      """;

  @Parameter TestServer.Target target;

  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesPlainJarsToServicesAndPinsThem() {
    put("lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    assertThat(server.deploy("hello", USES_LIB)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("1.0");
    put("lib-2.0.jar", Jars.plain(Jars.lib("2.0")));
    assertThat(server.call("hello", "")).isEqualTo("1.0");
    assertThat(server.deploy("hello2", Jars.usesLib("hello2"))).isInstanceOf(Live.class);
    assertThat(server.call("hello2", "")).isEqualTo("2.0");
    assertThat(users()).isEqualTo("lib 1.0.0 present [hello]; lib 2.0.0 present [hello2]");
  }

  @Test
  void keepsPinsOverARestart() {
    put("lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    server.deploy("hello", USES_LIB);
    put("lib-2.0.jar", Jars.plain(Jars.lib("2.0")));
    restart();
    assertThat(server.call("hello", "")).isEqualTo("1.0");
    assertThat(server.bundles()).hasSize(1);
    assertThat(providerOf("lib.a", server.bundles().get(0))).contains(":1.0.0:");
    assertThat(server.engine().redeploy("hello")).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("2.0");
    assertThat(server.engine().find("hello").orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void leavesOthersInPlaceWhenAFileGetsOtherBytesOfTheSameVersion() {
    put("lib-1.0.jar", Jars.plain(Jars.lib("first")));
    server.deploy("hello", USES_LIB);
    server.bundles();
    put("lib-1.0.jar", Jars.plain(Jars.lib("second")));
    assertThat(server.call("hello", "")).isEqualTo("first");
    server.deploy("hello2", Jars.usesLib("hello2"));
    assertThat(server.call("hello2", "")).isEqualTo("second");
    for (Bundle each : server.bundles()) {
      String sha =
          server.engine().libraries().get(each.getSymbolicName().equals("hello") ? 0 : 1).sha256();
      assertThat(providerOf("lib.a", each)).contains(sha);
    }
    restart();
    assertThat(server.call("hello", "")).isEqualTo("first");
    assertThat(server.call("hello2", "")).isEqualTo("second");
    assertThat(users()).isEqualTo("lib 1.0.0 withdrawn [hello]; lib 1.0.0 present [hello2]");
  }

  @Test
  void withdrawsAJarThatIsTakenAwayUntilNobodyUsesIt() {
    put("lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    server.deploy("hello", USES_LIB);
    server.libraries().undeploy(path("lib-1.0.jar"));
    assertThat(server.deploy("hello2", Jars.usesLib("hello2"))).isInstanceOf(Rejected.class);
    server.engine().tick();
    assertThat(server.call("hello", "")).isEqualTo("1.0");
    restart();
    server.engine().tick();
    assertThat(server.call("hello", "")).isEqualTo("1.0");
    assertThat(users()).isEqualTo("lib 1.0.0 withdrawn [hello]");
    server.engine().undeploy("hello");
    await().until(() -> server.bundles().isEmpty());
    await()
        .until(
            () -> {
              server.engine().tick();
              return libraryBundles().isEmpty();
            });
    assertThat(server.engine().libraries()).isEmpty();
    restart();
    assertThat(libraryBundles()).isEmpty();
  }

  @Test
  void offersAJarAgainThatComesBack() {
    byte[] jar = Jars.plain(Jars.lib("1.0"));
    put("lib-1.0.jar", jar);
    server.deploy("hello", USES_LIB);
    server.libraries().undeploy(path("lib-1.0.jar"));
    put("moved/lib-1.0.jar", jar);
    assertThat(server.deploy("hello2", Jars.usesLib("hello2"))).isInstanceOf(Live.class);
    assertThat(libraryBundles()).hasSize(1);
  }

  @Test
  void namesThePackageThatABundleMisses() {
    byte[] a = Jars.plain(Jars.lib("1.0"));
    byte[] b =
        Jars.bundle(
            "other",
            "1.0.0",
            Map.of("Export-Package", "lib.b;version=1.0.0", "Import-Package", "lib.a"),
            OTHER,
            a);
    List<Diagnostic> refused = server.libraries().deploy(path("other.jar"), b);
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).file()).isEqualTo("other.jar");
    assertThat(refused.get(0).message()).startsWith("package lib.a is missing: ");
    assertThat(users()).isEqualTo("other 1.0.0 waiting []");
    assertThat(server.deploy("hello", USES_OTHER)).isInstanceOf(Rejected.class);
    put("lib-1.0.jar", a);
    put("other.jar", b);
    assertThat(server.deploy("hello", USES_OTHER)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("b1.0");
    assertThat(users()).isEqualTo("lib 1.0.0 present [hello]; other 1.0.0 present [hello]");
  }

  @Test
  void wiresLibrariesToOthersThatComeLater() {
    byte[] first = Jars.plain(Jars.lib("1.0"));
    put("other-1.0.jar", Jars.using(OTHER, List.of(first)));
    put("lib-1.0.jar", first);
    server.deploy("hello", USES_OTHER);
    assertThat(server.call("hello", "")).isEqualTo("b1.0");
    put("lib-2.0.jar", Jars.plain(Jars.lib("2.0")));
    assertThat(server.call("hello", "")).isEqualTo("b1.0");
    server.engine().redeploy("hello");
    assertThat(server.call("hello", "")).isEqualTo("b2.0");
    await()
        .until(
            () -> {
              server.engine().tick();
              return libraryBundles().size() == 3;
            });
    assertThat(server.call("hello", "")).isEqualTo("b2.0");
    restart();
    assertThat(server.call("hello", "")).isEqualTo("b2.0");
  }

  @Test
  void compilesAgainstTheServersOwnTypesWhateverLibrariesHave() {
    put("slf4j-api-9.9.jar", Jars.plain("package org.slf4j; public class Logger {}"));
    String source =
        """
        import org.caravanserai.api.*;
        import org.slf4j.Logger;
        @ServiceName("hello")
        public class Hello implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            Logger log = context.log();
            log.debug("called");
            return "logged";
          }
        }
        """;
    assertThat(server.deploy("hello", source)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("logged");
  }

  @Test
  void staysOutOfBundlesThatOthersServe() throws Exception {
    BundleContext context = server.framework().getBundleContext();
    byte[] a =
        Jars.bundle(
            "servers", "1.0.0", Map.of("Export-Package", "lib.a;version=1.0"), Jars.lib("1"));
    byte[] b = Jars.bundle("user", "1.0.0", Map.of("Import-Package", "lib.a"), OTHER, a);
    put("lib-2.0.jar", Jars.plain(Jars.lib("2.0")));
    context.installBundle("servers", new ByteArrayInputStream(a)).start();
    Bundle user = context.installBundle("user", new ByteArrayInputStream(b));
    user.start();
    assertThat(providerOf("lib.a", user)).isEqualTo("servers");
  }

  @Test
  void refusesWhatIsNoLibraryAndKeepsWhatLayThere() {
    put("lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    List<Diagnostic> refused =
        server.libraries().deploy(path("lib-1.0.jar"), new byte[] {'P', 'K', 3, 4, 0});
    assertThat(refused).hasSize(1);
    assertThat(server.deploy("hello", USES_LIB)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("1.0");
  }

  @Test
  void takesALibraryThatItHasAlreadyOnceMore() {
    byte[] a = Jars.plain(Jars.lib("1.0"));
    byte[] b =
        Jars.bundle(
            "other",
            "1.0.0",
            Map.of(
                "Export-Package", "lib.b;version=1.0.0", "Import-Package", "javax.xml.namespace"),
            OTHER.replace("lib.a.Lib.version()", "new javax.xml.namespace.QName(\"x\")"),
            a);
    put("other.jar", b);
    server.deploy("hello", USES_OTHER);
    restart();
    put("other.jar", b);
    assertThat(users()).isEqualTo("other 1.0.0 present [hello]");
    assertThat(server.call("hello", "")).isEqualTo("bx");
  }

  private void put(String fileName, byte[] content) {
    assertThat(server.libraries().deploy(path(fileName), content)).isEmpty();
  }

  private String path(String fileName) {
    return data.resolve("deploy/lib/" + fileName).toString();
  }

  private void restart() {
    server.close();
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
  }

  /** Reads {@code lib 1.0.0 present [hello]; ...}. */
  private String users() {
    return String.join(
        "; ", server.engine().libraries().stream().map(SharedLibrariesTest::line).toList());
  }

  private static String line(LibraryInfo each) {
    return each.name() + " " + each.version() + " " + each.status() + " " + each.usedBy();
  }

  private List<Bundle> libraryBundles() {
    return Arrays.stream(server.framework().getBundleContext().getBundles())
        .filter(each -> each.getLocation().startsWith("serai-lib:"))
        .toList();
  }

  private static String providerOf(String packageName, Bundle bundle) {
    return bundle.adapt(BundleWiring.class).getRequiredWires("osgi.wiring.package").stream()
        .map(each -> each.getCapability())
        .filter(each -> packageName.equals(each.getAttributes().get("osgi.wiring.package")))
        .map(each -> each.getRevision().getBundle().getLocation())
        .findFirst()
        .orElseThrow();
  }
}

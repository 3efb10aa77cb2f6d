package org.caravanserai.deploy.internal.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
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
import org.osgi.framework.wiring.FrameworkWiring;

@ParameterizedClass
@EnumSource(TestServer.Target.class)
class LibrariesTest {

  @Parameter TestServer.Target target;

  private static final String USES_LIB =
      """
      import lib.a.Lib;
      import org.caravanserai.api.*;
      @ServiceName("hello")
      public class Hello implements Service<String, String> {
        @Override public String handle(String input, Context context) { return Lib.version(); }
      }
      """;

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
  void takesTheHighestVersionAndPinsIt() throws Exception {
    lib("1.9.0");
    lib("1.10.0");
    lib("1.2.0");
    assertThat(server.deploy("hello", USES_LIB)).isInstanceOf(Live.class);
    assertThat(server.call("hello", "")).isEqualTo("1.10.0");
    assertThat(server.bundles().get(0).getHeaders().get("Import-Package"))
        .isEqualTo(
            "lib.a;version=\"[1.10.0,1.10.0]\",org.caravanserai.api;version=\"[1.0.0,1.0.0]\"");
  }

  @Test
  void leavesALiveServiceWithItsVersionWhenAHigherOneComes() throws Exception {
    lib("1.0.0");
    server.deploy("hello", USES_LIB);
    lib("2.0.0");
    assertThat(server.call("hello", "")).isEqualTo("1.0.0");
    server.deploy("hello", USES_LIB + "// again\n");
    assertThat(server.call("hello", "")).isEqualTo("2.0.0");
  }

  @Test
  void doesNotCompileAgainstALibraryThatIsGone() throws Exception {
    Bundle lib = lib("1.0.0");
    assertThat(server.deploy("hello", USES_LIB)).isInstanceOf(Live.class);
    server.engine().undeploy("hello");
    await().until(() -> server.bundles().isEmpty());
    lib.uninstall();
    Rejected rejected = (Rejected) server.deploy("hello", USES_LIB);
    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics().get(0))
        .isEqualTo(Diagnostic.error("hello.java", 1, 8, "The import lib cannot be resolved"));
  }

  @Test
  void tellsTheImportLineOfWhatCompilesButCannotBeWired() throws Exception {
    lib("1.0.0");
    Library.install(
        context(),
        "other",
        "1.0.0",
        Map.of(
            "Export-Package",
            "lib.b;version=1.0.0;uses:=\"lib.a\"",
            "Import-Package",
            "lib.a;version=\"[1,1.5)\""),
        "package lib.b; public class Other { public static String text() { return \"b\"; } }");
    lib("2.0.0");
    Rejected rejected =
        (Rejected)
            server.deploy(
                "hello",
                USES_LIB
                    .replace("import lib.a.Lib;", "import lib.b.Other;\nimport lib.a.Lib;")
                    .replace("Lib.version()", "Lib.version() + Other.text()"));
    assertThat(rejected.stage()).isEqualTo("link");
    assertThat(rejected.diagnostics().get(0).line()).isEqualTo(2);
    assertThat(rejected.diagnostics().get(0).message())
        .startsWith("package lib.a (version 2.0.0) can't be wired: ");
    assertThat(server.bundles()).isEmpty();
  }

  @Test
  void doesNotCompileAgainstExportsWithMandatoryAttributes() throws Exception {
    Library.install(
        context(),
        "mandatory",
        "1.0.0",
        Map.of("Export-Package", "lib.a;version=1.0.0;who=me;mandatory:=who"),
        libSource("1.0.0"));
    assertThat(server.deploy("hello", USES_LIB)).isInstanceOf(Rejected.class);
  }

  @Test
  void seesWhatTheSystemBundleExports() {
    DeployResult result =
        server.deploy(
            "hello",
            """
            import org.caravanserai.api.*;
            @ServiceName("hello")
            public class Hello implements Service<String, String> {
              @Override public String handle(String input, Context context) {
                return "" + new javax.xml.namespace.QName(input) + org.osgi.framework.Version.parseVersion("1");
              }
            }
            """);
    assertThat(result).isInstanceOf(Live.class);
    assertThat(server.call("hello", "x")).isEqualTo("x1.0.0");
    assertThat(server.bundles().get(0).getHeaders().get("Import-Package"))
        .contains("javax.xml.namespace;", "org.osgi.framework;");
  }

  @Test
  void bringsAServiceBackOnceItsLibraryIsThereAgain() throws Exception {
    Bundle lib = lib("1.0.0");
    server.deploy("hello", USES_LIB);
    server.engine().close();
    lib.uninstall();
    server.stopFramework();
    server = new TestServer(data, target);
    await().until(() -> server.engine().restored());
    assertThat(server.engine().find("hello").orElseThrow().status()).isEqualTo("failed");
    assertThat(server.engine().find("hello").orElseThrow().rejected()).isNotEmpty();
    lib("1.0.0");
    server.engine().tick();
    assertThat(server.call("hello", "")).isEqualTo("1.0.0");
    assertThat(server.engine().find("hello").orElseThrow().status()).isEqualTo("live");
    assertThat(server.engine().find("hello").orElseThrow().rejected()).isEmpty();
  }

  @Test
  void servesAgainAfterARefreshOfItsLibrary() throws Exception {
    Bundle lib = lib("1.0.0");
    server.deploy("hello", USES_LIB);
    FrameworkWiring wiring = server.framework().adapt(FrameworkWiring.class);
    wiring.refreshBundles(List.of(lib));
    await().ignoreExceptions().until(() -> server.services().call("hello", "").equals("1.0.0"));
    assertThat(server.engine().find("hello").orElseThrow().status()).isEqualTo("live");
  }

  private Bundle lib(String version) throws Exception {
    return Library.install(
        context(),
        "lib",
        version,
        Map.of("Export-Package", "lib.a;version=" + version),
        libSource(version));
  }

  private static String libSource(String version) {
    return "package lib.a; public class Lib { public static String version() { return \"%s\"; } }"
        .formatted(version);
  }

  private BundleContext context() {
    return server.framework().getBundleContext();
  }
}

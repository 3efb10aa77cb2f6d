package org.caravanserai.deploy.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  private static final int MAX_SIZE = 1 << 20;

  private static final String SERVICE =
      """
      package com.acme.orders;
      import org.caravanserai.api.*;
      public class Orders implements Service<String, String> {
        @Override public String handle(String input, Context context) { return Prices.of(input); }
      }
      """;

  private static final String PRICES =
      """
      package com.acme.prices;
      public class Prices { public static String of(String article) { return article + " 1.00"; } }
      """;

  private final DeploymentCompiler compiler =
      new DeploymentCompiler(new JavaCompiler(Duration.ofSeconds(30)), Exports::ofApi, MAX_SIZE);

  @AfterEach
  void close() {
    compiler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "src/", "src/main/java/", "orders-main/src/main/java/"})
  void compilesSeveralPackagesTogetherWhereverTheyLie(String folder) throws Exception {
    Compiled compiled =
        compiler.compile(
            "orders",
            new Zip()
                .with(folder + "com/acme/orders/Orders.java", withImport(SERVICE))
                .with(folder + "com/acme/prices/Prices.java", PRICES)
                .bytes());
    assertThat(compiled.classes())
        .extracting(CompiledClass::name)
        .containsExactlyInAnyOrder("com.acme.orders.Orders", "com.acme.prices.Prices");
    assertThat(compiled.services())
        .extracting(CompiledClass::name)
        .containsExactly("com.acme.orders.Orders");
    assertThat(compiled.imports()).containsOnlyKeys("org.caravanserai.api");
    assertThat(compiled.errorAtImport("org.caravanserai.api", "x"))
        .isEqualTo(Diagnostic.error(folder + "com/acme/orders/Orders.java", 2, 8, "x"));
  }

  @Test
  void tellsTheFileOfAnError() {
    RejectedException refused =
        refused(
            new Zip()
                .with("b/B.java", "package b;\nclass B { int x = \"\"; }")
                .with("a/A.java", "package a;\n\nclass A { String s = 1; }")
                .bytes());
    assertThat(refused.diagnostics())
        .extracting(Diagnostic::file, Diagnostic::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a/A.java", 3),
            org.assertj.core.groups.Tuple.tuple("b/B.java", 2));
  }

  @Test
  void takesResourcesAlongAndLeavesTestsAndHiddenFilesOut() throws Exception {
    Compiled compiled =
        compiler.compile(
            "orders",
            new Zip()
                .with("pom.xml", "<project/>")
                .with(".git/config", "x")
                .with("src/main/java/com/acme/orders/Orders.java", withImport(SERVICE))
                .with("src/main/java/com/acme/prices/Prices.java", PRICES)
                .with("src/main/resources/prices.csv", "a;1")
                .with("src/test/java/OrdersTest.java", "this is no Java")
                .bytes());
    assertThat(compiled.resources()).containsOnlyKeys("prices.csv");
  }

  @Test
  void readsAJarOfServices() throws Exception {
    Compiled source =
        compiler.compile(
            "orders",
            new Zip()
                .with("a/Orders.java", withImport(SERVICE))
                .with("a/Prices.java", PRICES)
                .bytes());
    Zip jar =
        new Zip()
            .with(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nSerai-Service: com.acme.orders.Orders\n");
    source.classes().forEach(each -> jar.with(each.path(), each.bytes()));
    Compiled compiled = compiler.compile("orders", jar.with("prices.csv", "a;1").bytes());
    assertThat(compiled.services())
        .extracting(CompiledClass::name)
        .containsExactly("com.acme.orders.Orders");
    assertThat(compiled.imports()).isEqualTo(source.imports());
    assertThat(compiled.resources()).containsOnlyKeys("prices.csv");
  }

  @Test
  void findsTheServicesOfAJarByTheirAnnotation() throws Exception {
    String annotated = "@org.caravanserai.api.ServiceName(\"orders.new\")\npublic class";
    Compiled source =
        compiler.compile(
            "orders",
            new Zip()
                .with("a/Orders.java", withImport(SERVICE.replace("public class", annotated)))
                .with("a/Prices.java", PRICES)
                .bytes());
    Zip jar = new Zip().with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
    source.classes().forEach(each -> jar.with(each.path(), each.bytes()));
    assertThat(compiler.compile("orders", jar.bytes()).services())
        .extracting(CompiledClass::name)
        .containsExactly("com.acme.orders.Orders");
  }

  @Test
  void isTheSameAfterItWasStored() throws Exception {
    Compiled compiled =
        compiler.compile(
            "orders",
            new Zip()
                .with("a/Orders.java", withImport(SERVICE))
                .with("a/Prices.java", PRICES)
                .with("prices.csv", "a;1")
                .bytes());
    byte[] form = CompiledForm.write(compiled);
    assertThat(CompiledForm.read(form).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(compiled);
    for (int length = 0; length < form.length; length += 7) {
      assertThat(CompiledForm.read(Arrays.copyOf(form, length))).isEmpty();
    }
  }

  @Test
  void refusesAJarThatIsMoreThanItsServices() {
    RejectedException refused =
        refused(
            new Zip()
                .with(
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\nSerai-Service: A\nExport-Package: a\n")
                .with("A.class", new byte[] {1})
                .bytes());
    assertThat(refused.getMessage()).contains("its manifest has Export-Package");
  }

  @Test
  void refusesAJarWithoutServices() {
    Zip classes = new Zip().with("A.class", new byte[] {1});
    assertThat(refused(classes.bytes()).getMessage()).contains("has no manifest");
    assertThat(
            refused(
                    new Zip()
                        .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
                        .with("A.class", new byte[] {1})
                        .bytes())
                .getMessage())
        .contains("A.class can't be read as a class file");
    assertThat(
            refused(
                    new Zip()
                        .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
                        .with("A.class", plain())
                        .bytes())
                .getMessage())
        .contains("no Serai-Service", "no class has @ServiceName");
    assertThat(
            refused(
                    new Zip()
                        .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nSerai-Service: B\n")
                        .with("A.class", new byte[] {1})
                        .bytes())
                .getMessage())
        .contains("names B, which is not in it");
  }

  private static byte[] plain() {
    try (InputStream in = ArchiveTest.class.getResourceAsStream("ArchiveTest.class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refusesABrokenClassFile() {
    RejectedException refused =
        refused(
            new Zip()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nSerai-Service: A\n")
                .with("A.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE})
                .bytes());
    assertThat(refused.getMessage()).contains("a class file that can't be read");
  }

  @Test
  void refusesWhatUnpacksToMoreThanTheLimit() {
    RejectedException refused =
        refused(new Zip().with("A.java", SERVICE).with("zeros", new byte[MAX_SIZE + 1]).bytes());
    assertThat(refused.getMessage()).contains("too large: the limit is " + MAX_SIZE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../A.java", "/etc/A.java", "a/../../A.java", "a\\A.java"})
  void refusesPathsThatLeadElsewhere(String path) {
    assertThat(refused(new Zip().with(path, "class A {}").bytes()).getMessage())
        .contains("leads elsewhere: " + path);
  }

  @Test
  void refusesAnArchiveThatEndsTooSoon() {
    byte[] whole = new Zip().with("a/Orders.java", SERVICE.repeat(50)).bytes();
    for (int length = 4; length < whole.length / 2; length++) {
      assertThat(refused(Arrays.copyOf(whole, length)).diagnostics()).isNotEmpty();
    }
  }

  @Test
  void refusesAnArchiveOfNeither() {
    assertThat(refused(new Zip().with("readme.txt", "x").bytes()).getMessage())
        .contains("neither Java sources nor classes");
    assertThat(refused("PK\003\004".getBytes(StandardCharsets.UTF_8)).diagnostics()).isNotEmpty();
  }

  private RejectedException refused(byte[] content) {
    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> compiler.compile("orders", content));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static String withImport(String source) {
    return source.replace(
        "import org.caravanserai.api.*;",
        "import org.caravanserai.api.*;\nimport com.acme.prices.Prices;");
  }
}

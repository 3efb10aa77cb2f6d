package org.caravanserai.deploy.internal.compile;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentCompilerTest {

  private static final String HELLO =
      """
      import org.caravanserai.api.Context;
      import org.caravanserai.api.Service;

      public class Hello implements Service<Hello.Request, String> {
        public record Request(String name) {}

        @Override
        public String handle(Request request, Context context) {
          return "Hello, " + request.name();
        }
      }
      """;

  private final DeploymentCompiler compiler =
      new DeploymentCompiler(new JavaCompiler(Duration.ofSeconds(30)), Exports::ofApi, 1 << 20);

  @AfterEach
  void close() {
    compiler.close();
  }

  @Test
  void compilesAPublicClassWhoseNameIsNotTheDeployments() throws Exception {
    Compiled hello = compile("greet", HELLO);
    assertThat(hello.fileName()).isEqualTo("greet.java");
    assertThat(hello.classes())
        .extracting(CompiledClass::name)
        .containsExactlyInAnyOrder("Hello", "Hello$Request");
    assertThat(hello.services()).extracting(CompiledClass::name).containsExactly("Hello");
  }

  @Test
  void knowsWhereEachClassStands() throws Exception {
    CompiledClass hello = compile("hello", HELLO).services().get(0);
    assertThat(hello.line()).isEqualTo(4);
    assertThat(hello.column()).isEqualTo(14);
  }

  @Test
  void keepsParameterNamesLinesAndVariables() throws Exception {
    byte[] bytes = compile("hello", HELLO).services().get(0).bytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("MethodParameters", "LineNumberTable", "LocalVariableTable", "hello.java");
  }

  @Test
  void findsAllServicesOfAFileAndNothingElse() throws Exception {
    Compiled source =
        compile(
            "many",
            """
            package com.acme;
            import org.caravanserai.api.*;
            public class Many {
              public static class Nested extends Base {}
              public class Inner extends Base {}
              static class Hidden extends Base {}
              final Service<String, String> lambda = (input, context) -> input;
            }
            abstract class Middle implements Service<String, String> {}
            class Base extends Middle {
              @Override public String handle(String input, Context context) { return input; }
            }
            public class Third extends Base {}
            """);
    assertThat(source.services())
        .extracting(CompiledClass::name)
        .containsExactlyInAnyOrder("com.acme.Many$Nested", "com.acme.Third");
  }

  @Test
  void tellsLineColumnAndReasonOfEveryError() {
    List<Diagnostic> found =
        errors(
            "hello",
            """
            import com.nowhere.Thing;
            class A {
              int a = "text";
              \tThing b;
            }
            """);
    assertThat(found)
        .containsExactly(
            Diagnostic.error("hello.java", 1, 8, "The import com.nowhere cannot be resolved"),
            Diagnostic.error(
                "hello.java", 3, 11, "Type mismatch: cannot convert from String to int"),
            Diagnostic.error("hello.java", 4, 4, "Thing cannot be resolved to a type"));
  }

  @Test
  void tellsWhereTheSyntaxBreaks() {
    List<Diagnostic> found = errors("hello", "class A {\n  void a( {\n  }\n}\n");
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.severity()).isEqualTo(Diagnostic.Severity.ERROR));
    assertThat(found.get(0).line()).isEqualTo(2);
  }

  @Test
  void warnsOfNothing() throws Exception {
    assertThat(
            compile("raw", "import java.util.*; class A { List a = new ArrayList(); }").classes())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n\t\n",
        "// nothing\n/* here */",
        ";",
        "package com.acme;",
        "import java.util.*;"
      })
  void saysWhatItExpectsWhenThereIsNoType(String source) {
    assertThat(errors("hello", source))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.message())
                    .contains("no type")
                    .contains("public class that implements org.caravanserai.api.Service"));
  }

  @Test
  void refusesWhatIsNotUtf8AndSaysWhere() {
    ByteArrayOutputStream source = new ByteArrayOutputStream();
    source.writeBytes("class A {\n  // ü\n".getBytes(StandardCharsets.UTF_8));
    source.writeBytes(new byte[] {' ', (byte) 0xFC, '\n', '}'});
    assertThat(errors("hello", source.toByteArray()))
        .containsExactly(
            Diagnostic.error("hello.java", 3, 2, "not UTF-8: byte 0xFC has no place here"));
  }

  @Test
  void refusesATruncatedCharacterAtTheEnd() {
    assertThat(errors("hello", new byte[] {'c', 'l', (byte) 0xC3}))
        .singleElement()
        .satisfies(each -> assertThat(each.message()).startsWith("not UTF-8"));
  }

  @Test
  void refusesBinaryGarbage() {
    byte[] garbage = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0};
    assertThat(errors("hello", garbage))
        .containsExactly(
            Diagnostic.error("hello.java", 1, 8, "not a Java source: it has a NUL character"));
  }

  @Test
  void acceptsAByteOrderMark() throws Exception {
    assertThat(compile("hello", "\uFEFF" + HELLO).services()).hasSize(1);
  }

  @Test
  void refusesWhatIsTooLarge() {
    byte[] large = new byte[(1 << 20) + 1];
    assertThat(errors("hello", large))
        .containsExactly(
            Diagnostic.error(
                "hello.java", 0, 0, "too large: 1048577 bytes, the limit is 1048576 bytes"));
  }

  @Test
  void survivesExpressionsThatAreNestedTooDeeply() {
    String deep = "-(".repeat(200_000) + "1" + ")".repeat(200_000);
    assertThat(errors("deep", "class A { int a = " + deep + "; }"))
        .containsExactly(Diagnostic.error("deep.java", 0, 0, "nested too deeply for the compiler"));
  }

  @Test
  void givesUpWhenTheTimeIsOver() throws Exception {
    String fields =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "int a" + i + " = " + i + ";\n")
            .collect(joining());
    String large = "class A {" + fields + "}";
    try (DeploymentCompiler hasty =
        new DeploymentCompiler(new JavaCompiler(Duration.ofNanos(1)), Exports::ofApi, 1 << 20)) {
      RejectedException refused =
          catchThrowableOfType(
              RejectedException.class,
              () -> hasty.compile("large", large.getBytes(StandardCharsets.UTF_8)));
      assertThat(refused.diagnostics().get(0).message()).contains("did not come to an end");
    }
  }

  @Test
  void doesNotShowPackagesThatNobodyExports() {
    assertThat(errors("hello", "class A { com.fasterxml.jackson.core.JsonFactory a; }"))
        .singleElement()
        .satisfies(each -> assertThat(each.line()).isEqualTo(1));
    assertThat(errors("hello", "class A { sun.misc.Unsafe a; }")).isNotEmpty();
    assertThat(errors("hello", "class A { javax.sql.DataSource a; }")).isNotEmpty();
  }

  @Test
  void showsAllOfJavaSql() throws Exception {
    assertThat(compile("hello", "class A { java.sql.Connection a; java.net.http.HttpClient b; }"))
        .satisfies(each -> assertThat(each.imports()).isEmpty());
  }

  @Test
  void refusesPackagesOfThePlatform() {
    assertThat(errors("hello", "package java.lang;\nclass A {}"))
        .containsExactly(Diagnostic.error("hello.java", 1, 9, "packages java.* are Java's own"));
  }

  @Test
  void saysThatTheServerStopsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThat(errors("hello", HELLO))
        .containsExactly(Diagnostic.error("hello.java", 0, 0, "the server stops"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesAModule() {
    assertThat(errors("hello", "module a {}")).isNotEmpty();
  }

  @Test
  void pinsTheVersionsItCompiledAgainst() throws Exception {
    assertThat(compile("hello", HELLO).imports())
        .containsOnlyKeys("org.caravanserai.api")
        .containsEntry("org.caravanserai.api", PackagePin.of("1.2.3"));
  }

  private Compiled compile(String name, String source) throws RejectedException {
    return compiler.compile(name, source.getBytes(StandardCharsets.UTF_8));
  }

  private List<Diagnostic> errors(String name, String source) {
    return errors(name, source.getBytes(StandardCharsets.UTF_8));
  }

  private List<Diagnostic> errors(String name, byte[] source) {
    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> compiler.compile(name, source));
    assertThat(refused).isNotNull();
    assertThat(refused.stage()).isEqualTo(RejectedException.Stage.COMPILE);
    return refused.diagnostics();
  }
}

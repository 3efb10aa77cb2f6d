package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- route:\n",
        "-\n  route:\n",
        "# comment\n\n- from:\n",
        "\uFEFF- from:\n",
        "---\n- from:\n",
        "%YAML 1.2\n---\n- from:\n",
        "--- # doc\r\n# x\r\n\r\n- from:\r\n",
        "[ {from: {}} ]",
        "  - from:\n",
        "apiVersion: camel.apache.org/v1\nkind: Integration\n",
        "kind: Integration\n",
        "- "
      })
  void knowsYaml(String text) {
    assertThat(of(text)).contains(RouteSyntax.YAML);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<routes/>", "\n <?xml version='1.0'?><camel/>", "\uFEFF<beans>"})
  void knowsXml(String text) {
    assertThat(of(text)).contains(RouteSyntax.XML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<features/>",
        "<features name='x' xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>",
        "\uFEFF<?xml version='1.0'?>\n<!-- <routes> -->\n<f:features xmlns:f='x'>"
      })
  void leavesFeaturesToKaraf(String text) {
    assertThat(of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class A {}",
        "// - route:\npackage a;",
        "/* x */ import a.B;",
        "/**\n * <p>x\n */\n@Deprecated class A {}",
        "",
        "\n\n",
        "-x",
        "module a {}"
      })
  void leavesJavaToTheCompiler(String text) {
    assertThat(of(text)).isEmpty();
  }

  @Test
  void isNotHeldUpByALongText() {
    assertThat(of("# x\n".repeat(100_000))).isEmpty();
    assertThat(of(" ".repeat(1_000_000))).isEmpty();
    assertThat(of("<!-- x -->\n".repeat(10_000))).contains(RouteSyntax.XML);
    assertThat(of("<!-- x ".repeat(10_000))).contains(RouteSyntax.XML);
  }

  private static Optional<RouteSyntax> of(String text) {
    return RouteSyntax.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

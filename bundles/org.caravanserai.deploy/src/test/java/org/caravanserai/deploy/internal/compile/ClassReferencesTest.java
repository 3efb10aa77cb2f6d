package org.caravanserai.deploy.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClassReferencesTest {

  @Test
  void countsGenericArguments() throws Exception {
    assertThat(references("import java.util.*; class A { List<Map<String, Locale[]>> a; }"))
        .contains("java.util");
    assertThat(
            references(
                "class A { java.util.List<? extends com.fasterxml.jackson.databind.JsonNode> a; }"))
        .contains("com.fasterxml.jackson.databind");
  }

  @Test
  void countsAnnotationsAndTheirValues() throws Exception {
    assertThat(
            references(
                "record A(@com.fasterxml.jackson.annotation.JsonProperty(\"x\") String a) {}"))
        .contains("com.fasterxml.jackson.annotation");
  }

  @Test
  void countsTypesOfMembersThatAreOnlyCalled() throws Exception {
    assertThat(
            references(
                "class A { Object a() { return org.slf4j.LoggerFactory.getLogger(\"a\"); } }"))
        .contains("org.slf4j");
  }

  @Test
  void countsArraysCastsAndLiterals() throws Exception {
    assertThat(references("class A { Object a = new java.net.URI[0][0]; }")).contains("java.net");
    assertThat(references("class A { Object a = java.time.Instant.class; }")).contains("java.time");
    assertThat(references("class A { Object a(Object b) { return (java.nio.file.Path) b; } }"))
        .contains("java.nio.file");
  }

  @Test
  void readsLongsAndDoubles() throws Exception {
    assertThat(
            references("class A { long a = 1234567890123L; double b = 3.25; java.util.UUID c; }"))
        .contains("java.util");
  }

  @Test
  void refusesWhatIsNoClassFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassReferences.packagesOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertThatThrownBy(() -> ClassReferences.packagesOf(new byte[] {1, 2}))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static Set<String> references(String source) throws RejectedException {
    try (DeploymentCompiler compiler =
        new DeploymentCompiler(new JavaCompiler(Duration.ofSeconds(30)), Exports::ofApi, 1 << 20)) {
      Set<String> found = new TreeSet<>();
      for (CompiledClass each :
          compiler.compile("a", source.getBytes(StandardCharsets.UTF_8)).classes()) {
        found.addAll(ClassReferences.packagesOf(each.bytes()));
      }
      return found;
    }
  }
}

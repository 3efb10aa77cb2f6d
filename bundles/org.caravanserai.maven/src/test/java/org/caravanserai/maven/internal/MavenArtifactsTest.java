package org.caravanserai.maven.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.spi.ArtifactResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ops4j.pax.url.mvn.MavenResolver;

class MavenArtifactsTest {

  @TempDir private Path repository;
  private final List<String> asked = new ArrayList<>();

  private final MavenArtifacts artifacts =
      new MavenArtifacts(
          (MavenResolver)
              Proxy.newProxyInstance(
                  MavenResolver.class.getClassLoader(),
                  new Class<?>[] {MavenResolver.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("resolveMetadata")
                          ? versions((String) arguments[1])
                          : file(
                              (String) arguments[1],
                              (String) arguments[3],
                              (String) arguments[4])));

  @AfterEach
  void close() {
    artifacts.close();
  }

  private File file(String artifact, String extension, String version) throws IOException {
    String name = artifact + "-" + version + "." + extension;
    asked.add(name);
    Path file = repository.resolve(name);
    if (!Files.exists(file)) {
      throw new IOException("Could not find " + name + " in nowhere");
    }
    return file.toFile();
  }

  private File versions(String artifact) throws IOException {
    return Files.copy(
            repository.resolve(artifact + ".metadata"), repository.resolve(artifact + ".copy"))
        .toFile();
  }

  private void put(String artifact, String version, String... dependencies) throws IOException {
    Files.writeString(repository.resolve(artifact + "-" + version + ".jar"), artifact + version);
    Files.writeString(
        repository.resolve(artifact + "-" + version + ".pom"),
        """
        <project><modelVersion>4.0.0</modelVersion>
        <groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>
        <repositories><repository><id>x</id><url>http://127.0.0.1:1/</url></repository></repositories>
        <dependencies>%s</dependencies></project>
        """
            .formatted(artifact, version, String.join("", dependencies)));
  }

  private static String needs(String artifact, String version, String more) {
    return "<dependency><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>%s</dependency>"
        .formatted(artifact, version, more);
  }

  private List<String> names(String... wanted) throws IOException {
    return artifacts.resolve(List.of(wanted)).stream()
        .map(ArtifactResolver.Artifact::name)
        .toList();
  }

  @Test
  void findsWhatALibraryNeedsToRunAndNothingElse() throws IOException {
    put(
        "a",
        "1",
        needs("b", "1", ""),
        needs("c", "1", "<scope>runtime</scope>"),
        needs("t", "1", "<scope>test</scope>"),
        needs("p", "1", "<scope>provided</scope>"),
        needs("o", "1", "<optional>true</optional>"));
    put("b", "1", needs("d", "1", ""));
    put("c", "1");
    put("d", "1");
    assertThat(names("g:a:1")).containsExactlyInAnyOrder("g:a:1", "g:b:1", "g:c:1", "g:d:1");
    assertThat(artifacts.resolve(List.of("g:a:1")).get(0).file()).hasContent("a1");
  }

  @Test
  void ofSeveralVersionsTheNearestCounts() throws IOException {
    put("a", "1", needs("b", "1", ""));
    put("b", "1", needs("c", "2", ""));
    put("c", "1");
    put("c", "2");
    assertThat(names("g:a:1", "g:c:1")).containsExactlyInAnyOrder("g:a:1", "g:b:1", "g:c:1");
  }

  @Test
  void choosesTheHighestOfARange() throws IOException {
    put("a", "1", needs("r", "[1,2)", ""));
    put("r", "1.0");
    put("r", "1.5");
    Files.writeString(
        repository.resolve("r.metadata"),
        "<metadata><groupId>g</groupId><artifactId>r</artifactId><versioning><versions>"
            + "<version>1.0</version><version>1.5</version><version>2.0</version>"
            + "</versions></versioning></metadata>");
    assertThat(names("g:a:1")).containsExactly("g:a:1", "g:r:1.5");
  }

  @Test
  void tellsWhatIsMissingAndAsksNobodyElse() throws IOException {
    put("a", "1", needs("b", "1", ""));
    assertThatThrownBy(() -> names("g:a:1"))
        .isInstanceOf(IOException.class)
        .hasMessage("Could not find b-1.pom in nowhere");
    assertThatThrownBy(() -> names("g:none:1")).hasMessage("Could not find none-1.pom in nowhere");
    put("b", "1");
    Files.delete(repository.resolve("b-1.jar"));
    assertThatThrownBy(() -> names("g:a:1")).hasMessage("Could not find b-1.jar in nowhere");
    assertThat(asked).contains("b-1.jar");
  }

  @Test
  void asksAgainTheNextTime() throws IOException {
    assertThatThrownBy(() -> names("g:a:1")).isInstanceOf(IOException.class);
    put("a", "1");
    assertThat(names("g:a:1")).containsExactly("g:a:1");
  }
}

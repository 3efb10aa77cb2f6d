package org.caravanserai.deploy.internal.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureFileTest {

  private static final String REPOSITORY =
      "<?xml version=\"1.0\"?>\n<!-- ours -->\n<features name=\"x\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\"/>";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A zip of pairs of path and text. */
  private static byte[] zip(String... files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(bytes(files[i + 1]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void knowsItsOwn() {
    assertThat(FeatureFile.suffixOf(bytes(REPOSITORY))).hasValue(".xml");
    assertThat(FeatureFile.suffixOf(zip("repository/a/features.xml", REPOSITORY))).hasValue(".kar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "public class Features {}",
        "<routes/>",
        "<features/>",
        "<features xmlns=\"urn:other\"/>",
        "<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><features>&x;</features>",
        "<broken"
      })
  void leavesOthersAlone(String content) {
    assertThat(FeatureFile.suffixOf(bytes(content))).isEmpty();
    assertThat(FeatureFile.suffixOf(zip("repository/features.xml", content))).isEmpty();
    assertThat(FeatureFile.suffixOf(zip("features.xml", REPOSITORY))).isEmpty();
    assertThatThrownBy(() -> FeatureFile.read("x.xml", bytes(content), 1000))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("no feature repository");
  }

  @Test
  void takesAKarApart() throws Exception {
    FeatureFile kar =
        FeatureFile.read(
            "x.kar",
            zip(
                "repository/a/features.xml",
                REPOSITORY,
                "repository/com/acme/x.jar",
                "jar",
                "resources/etc/x.cfg",
                "not ours"),
            1000);
    assertThat(kar.files()).containsOnlyKeys("a/features.xml", "com/acme/x.jar");
    assertThat(kar.repositories()).containsExactly("a/features.xml");
    assertThat(kar.others()).isEmpty();
    assertThat(kar.installs()).isTrue();
  }

  @Test
  void doesWhatTheManifestSays() throws Exception {
    FeatureFile kar =
        FeatureFile.read(
            "x.kar",
            zip(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nKaraf-Feature-Start: false\nKaraf-Feature-Repos: mvn:a/b/1/xml/features\n\n",
                "repository/a/features.xml",
                REPOSITORY),
            1000);
    assertThat(kar.installs()).isFalse();
    assertThat(kar.repositories()).isEmpty();
    assertThat(kar.others()).containsExactly("mvn:a/b/1/xml/features");
  }

  @Test
  void staysWithinItsFolderAndItsLimit() {
    assertThatThrownBy(() -> FeatureFile.read("x.kar", zip("repository/../../x", REPOSITORY), 1000))
        .hasMessageContaining("leads elsewhere");
    assertThatThrownBy(() -> FeatureFile.read("x.kar", zip("repository/x", "long text"), 3))
        .hasMessageContaining("too large");
  }
}

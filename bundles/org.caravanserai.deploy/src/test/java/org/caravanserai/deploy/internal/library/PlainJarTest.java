package org.caravanserai.deploy.internal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainJarTest {

  @ParameterizedTest
  @CsvSource({
    "guava-33.4.0-jre.jar, guava, 33.4.0.jre",
    "lib-1.2.jar, lib, 1.2.0",
    "commons-lang3-3.17.0.jar, commons-lang3, 3.17.0",
    "one.jar, one, 0.0.0",
    "my lib-2-SNAPSHOT.jar, my_lib, 2.0.0.SNAPSHOT",
  })
  void hasTheNameAndVersionOfItsFile(String file, String name, String version) throws IOException {
    LibraryJar jar = LibraryJar.of(file, Jars.plain(Jars.lib("1")));
    assertThat(jar.name()).isEqualTo(name);
    assertThat(jar.version()).isEqualTo(version);
  }

  @Test
  void believesMavenMoreThanTheManifestAndThatMoreThanItsFile() throws IOException {
    String pom = "META-INF/maven/com.acme/acme-lib/pom.properties";
    String manifest = "Manifest-Version: 1.0\nImplementation-Version: 2.5\n";
    byte[] manifested = Jars.plain(Jars.lib("1"), "META-INF/MANIFEST.MF", manifest);
    assertThat(LibraryJar.of("x-1.0.jar", manifested).version()).isEqualTo("2.5.0");
    byte[] both =
        Jars.plain(
            Jars.lib("1"),
            pom,
            "groupId=com.acme\nartifactId=acme-lib\nversion=3.1-rc1\n",
            "META-INF/MANIFEST.MF",
            manifest);
    LibraryJar jar = LibraryJar.of("x-1.0.jar", both);
    assertThat(jar.name()).isEqualTo("acme-lib");
    assertThat(jar.version()).isEqualTo("3.1.0.rc1");
  }

  @Test
  void exportsItsPackagesAndImportsOthersIfTheyAreThere() throws IOException {
    byte[] content =
        Jars.plain(
            """
            package lib.a;
            public class Lib {
              public org.w3c.dom.Node node;
              java.util.List<javax.xml.namespace.QName> names;
            }
            """);
    Attributes headers = headers(LibraryJar.of("lib-1.5.jar", content).bundle());
    assertThat(headers.getValue("Export-Package"))
        .startsWith("lib.a;")
        .contains("version=\"1.5.0\"")
        .contains("uses:=\"org.w3c.dom\"");
    assertThat(headers.getValue("Import-Package"))
        .contains("org.w3c.dom;resolution:=optional")
        .doesNotContain("lib.a")
        .doesNotContain("java.util");
  }

  @Test
  void isNoneIfItIsABundleWhereverItsManifestIs() throws IOException {
    byte[] content =
        Jars.plain(
            Jars.lib("1"),
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nBundle-SymbolicName: late;singleton:=true\nBundle-Version: 4.2\n");
    LibraryJar jar = LibraryJar.of("x-1.0.jar", content);
    assertThat(jar.name()).isEqualTo("late");
    assertThat(jar.version()).isEqualTo("4.2");
    assertThat(jar.bundle()).isEqualTo(content);
  }

  @Test
  void staysAJarForSeveralReleasesAndLosesItsSignature() throws IOException {
    byte[] content =
        Jars.plain(
            Jars.lib("1"),
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nMulti-Release: true\n",
            "META-INF/ACME.SF",
            "Signature-Version: 1.0\n");
    byte[] bundle = LibraryJar.of("lib-1.jar", content).bundle();
    assertThat(headers(bundle).getValue("Multi-Release")).isEqualTo("true");
    assertThat(names(bundle)).contains("lib/a/Lib.class").doesNotContain("META-INF/ACME.SF");
  }

  @Test
  void isTheSameForTheSameBytes() throws IOException {
    byte[] content = Jars.plain(Jars.lib("1"));
    assertThat(LibraryJar.of("lib-1.jar", content).sha256())
        .isEqualTo(LibraryJar.of("lib-1.jar", content.clone()).sha256());
  }

  @Test
  void refusesWhatIsNoLibrary() {
    assertThatThrownBy(
            () -> LibraryJar.of("x.jar", "no jar at all".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a jar with classes");
    byte[] fragment = Jars.bundle("f", "1", Map.of("Fragment-Host", "host"), Jars.lib("1"));
    assertThatThrownBy(() -> LibraryJar.of("x.jar", fragment))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a fragment of the bundle host");
  }

  private static List<String> names(byte[] jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        names.add(each.getName());
      }
    }
    return names;
  }

  private static Attributes headers(byte[] bundle) throws IOException {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bundle))) {
      return jar.getManifest().getMainAttributes();
    }
  }
}

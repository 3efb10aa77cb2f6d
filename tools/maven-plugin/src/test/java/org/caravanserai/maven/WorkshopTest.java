package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.maven.model.Resource;
import org.caravanserai.api.Service;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class WorkshopTest {

  private static final String SERVICE =
      """
      package com.acme;
      public class NAME implements org.caravanserai.api.Service<String, String> {
        public String handle(String in, org.caravanserai.api.Context context) { return "one"; }
      }
      """;

  @TempDir private Path project;
  private Path sources;
  private Path jar;

  @BeforeEach
  void aProjectIsBuilt() throws IOException {
    sources = Files.createDirectories(project.resolve("src/main/java/com/acme"));
    Files.createDirectories(project.resolve("src/main/resources"));
    jar = project.resolve("hello.jar");
    source("Hello", SERVICE);
    resource("words.txt", "hello");
    packaged("Serai-Service: com.acme.Hello", Map.of("com/acme/Hello.class", "old"));
  }

  @Test
  void theJarHasTheClassesAndResourcesOfNow() throws Exception {
    Workshop workshop = workshop();
    source("Hello", SERVICE.replace("one", "two"));
    resource("words.txt", "welcome");
    resource("more/words.txt", "bye");
    Map<String, byte[]> entries = entries(workshop.jar());
    assertThat(entries)
        .containsOnlyKeys(
            "META-INF/MANIFEST.MF", "com/acme/Hello.class", "words.txt", "more/words.txt");
    assertThat(new String(bytes(entries, "com/acme/Hello.class"), StandardCharsets.ISO_8859_1))
        .contains("two");
    assertThat(bytes(entries, "words.txt")).asString().isEqualTo("welcome");
  }

  @Test
  void theJarHasTheDocCommentsOfNow() throws Exception {
    packaged(
        "Serai-Service: com.acme.Hello",
        Map.of("com/acme/Hello.class", "old", DocComments.PATH, "{\"com.acme.Hello\":\"old\"}"));
    Workshop workshop = workshop();
    assertThat(entries(workshop.jar())).doesNotContainKey(DocComments.PATH);

    source(
        "Hello",
        """
        package com.acme;
        /** Says "one". */
        public class NAME implements org.caravanserai.api.Service<String, String> {
          /** Nobody's input. */
          private static final NAME LAST = new NAME();
          /**
           * What is said.
           *
           * @param word one of them
           */
          public record Word(String word, Mood mood) {
            /** How it is said. */
            public enum Mood {
              /** As whispers are. */
              LOW { },
              HIGH
            }
          }
          /** Answers. */
          public String handle(String in, org.caravanserai.api.Context context) {
            /** In a method. */
            record Inner(String in) {}
            return "one";
          }
        }
        /** Another one. */
        class Second {}
        """);
    byte[] docs = bytes(entries(workshop.jar()), DocComments.PATH);
    Map<String, String> comments =
        new ObjectMapper().readValue(docs, new TypeReference<Map<String, String>>() {});
    assertThat(comments)
        .containsOnlyKeys(
            "com.acme.Hello",
            "com.acme.Hello$Word",
            "com.acme.Hello$Word$Mood",
            "com.acme.Hello$Word$Mood#LOW",
            "com.acme.Second");
    assertThat(comments.get("com.acme.Hello")).matches("/[*][*] Says \"one\"[.] *[*]/");
    assertThat(comments.get("com.acme.Hello$Word")).startsWith("/**").contains("@param word one");
  }

  @Test
  void whatOtherToolsHavePutIntoItStays() throws Exception {
    packaged(
        "Serai-Service: com.acme.Hello\nX-Made-By: us",
        Map.of(
            "com/acme/Hello.class", "old",
            "words.txt", "hello",
            "org/lib/Shaded.class", "library",
            "META-INF/maven/pom.xml", "pom"));
    Workshop workshop = workshop();
    Files.delete(project.resolve("src/main/resources/words.txt"));
    byte[] made = workshop.jar();
    assertThat(entries(made))
        .containsOnlyKeys(
            "META-INF/MANIFEST.MF",
            "com/acme/Hello.class",
            "org/lib/Shaded.class",
            "META-INF/maven/pom.xml");
    assertThat(header(made, "X-Made-By")).isEqualTo("us");
  }

  @Test
  void theSameSourcesMakeTheSameJar() throws Exception {
    Workshop workshop = workshop();
    assertThat(workshop.jar()).isEqualTo(workshop.jar());
  }

  @Test
  void servicesThatAreNewAreNamedAndThoseThatAreGoneAreNot() throws Exception {
    Workshop workshop = workshop();
    source("Base", "package com.acme;\npublic abstract class Base " + body("Base"));
    source("Later", "package com.acme;\npublic class Later extends Base {}\n");
    source("Hidden", "package com.acme;\nclass Hidden extends Base {}\n");
    assertThat(header(workshop.jar(), "Serai-Service")).isEqualTo("com.acme.Hello,com.acme.Later");

    Files.delete(sources.resolve("Hello.java"));
    byte[] without = workshop.jar();
    assertThat(header(without, "Serai-Service")).isEqualTo("com.acme.Later");
    assertThat(entries(without)).doesNotContainKey("com/acme/Hello.class");
  }

  @Test
  void aServiceThatTheProjectDoesNotNameStaysUnnamed() throws Exception {
    source("Second", SERVICE);
    Workshop workshop = workshop();
    assertThat(header(workshop.jar(), "Serai-Service")).isEqualTo("com.acme.Hello");
  }

  @Test
  void withoutTheHeaderThereIsNone() throws Exception {
    packaged("X-Made-By: us", Map.of());
    byte[] made = workshop().jar();
    assertThat(header(made, "Serai-Service")).isNull();
  }

  @Test
  void errorsAreToldWithTheirPlaces() throws Exception {
    Workshop workshop = workshop();
    String wrong = SERVICE.replace("return \"one\"", "return one");
    source("Hello", wrong);
    int column = wrong.lines().toList().get(2).indexOf("one;") + 1;
    String place = "%s:3:%d: error: cannot find".formatted(sources.resolve("Hello.java"), column);
    assertThatThrownBy(workshop::jar)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(place);
  }

  @Test
  void filteredResourcesAreLeftToMaven() throws IOException {
    Resource plain = new Resource();
    plain.setDirectory(project.resolve("src/main/resources").toString());
    plain.setTargetPath("inside");
    Resource filtered = new Resource();
    filtered.setDirectory(project.resolve("filtered").toString());
    filtered.setFiltering(true);
    Resource part = new Resource();
    part.setDirectory(project.resolve("part").toString());
    part.addExclude("*.md");
    ResourceFolders folders = ResourceFolders.of(List.of(plain, filtered, part));
    assertThat(folders.paths()).containsExactly(project.resolve("src/main/resources"));
    assertThat(folders.others())
        .containsExactly(project.resolve("filtered"), project.resolve("part"));
    assertThat(folders.files()).containsOnlyKeys("inside/words.txt");
  }

  private static String body(String name) {
    return SERVICE.substring(SERVICE.indexOf("implements")).replace("NAME", name);
  }

  private Workshop workshop() throws Exception {
    Resource resource = new Resource();
    resource.setDirectory(project.resolve("src/main/resources").toString());
    List<String> options = new ArrayList<>(List.of("-g", "--release", "17"));
    SourceCompiler compiler =
        new SourceCompiler(
            new CompilerSettings(StandardCharsets.UTF_8, options),
            List.of(project.resolve("src/main/java"), project.resolve("not-there")),
            List.of(home(Service.class), home(Logger.class)),
            project.resolve("target/serai-watch"));
    return new Workshop(compiler, ResourceFolders.of(List.of(resource)), jar);
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private void source(String name, String text) throws IOException {
    Files.writeString(sources.resolve(name + ".java"), text.replace("NAME", name));
  }

  private void resource(String name, String text) throws IOException {
    Path file = project.resolve("src/main/resources").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void packaged(String headers, Map<String, String> entries) throws IOException {
    Manifest manifest =
        new Manifest(
            new ByteArrayInputStream(
                ("Manifest-Version: 1.0\n" + headers + "\n").getBytes(StandardCharsets.UTF_8)));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, String> each : entries.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey()));
        out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Map<String, byte[]> entries(byte[] jar) throws IOException {
    Path file = Files.createTempFile("made", ".jar");
    try {
      Files.write(file, jar);
      Map<String, byte[]> entries = new TreeMap<>();
      try (JarFile read = new JarFile(file.toFile())) {
        for (JarEntry each : read.stream().toList()) {
          entries.put(each.getName(), read.getInputStream(each).readAllBytes());
        }
      }
      return entries;
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] bytes(Map<String, byte[]> entries, String name) {
    return entries.getOrDefault(name, new byte[0]);
  }

  private static String header(byte[] jar, String name) throws IOException {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
      return in.getManifest().getMainAttributes().getValue(name);
    }
  }
}

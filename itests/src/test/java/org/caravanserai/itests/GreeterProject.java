package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project that the archetype has made, and the server that it deploys to.
 *
 * @param folder where it lies
 * @param name its artifact's id
 */
record GreeterProject(Path folder, String name, Maven maven, Server server) {

  /** Lets the archetype make it, below a folder. */
  static GreeterProject generate(Path parent, Maven maven, Server server) throws IOException {
    String name = "greeter-of-the-archetype";
    ScriptResult generated =
        maven.run(
            parent,
            "org.apache.maven.plugins:maven-archetype-plugin:"
                + System.getProperty("serai.archetype.version")
                + ":generate",
            "-DinteractiveMode=false",
            "-DarchetypeCatalog=local",
            "-DarchetypeGroupId=org.caravanserai",
            "-DarchetypeArtifactId=serai-archetype",
            "-DarchetypeVersion=" + System.getProperty("serai.version"),
            "-DgroupId=com.acme",
            "-DartifactId=" + name);
    assertThat(generated.status()).as(generated.output()).isZero();
    return new GreeterProject(parent.resolve(name), name, maven, server);
  }

  /** The same project by another name. */
  GreeterProject copy(String otherName) throws IOException {
    Path copy = folder.resolveSibling(otherName);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Path file = copy.resolve(folder.relativize(each));
        Files.createDirectories(file.getParent());
        Files.writeString(file, Files.readString(each).replace(name, otherName));
      }
    }
    return new GreeterProject(copy, otherName, maven, server);
  }

  /** Runs goals as the administrator. */
  ScriptResult run(String... arguments) throws IOException {
    return maven.run(folder, administrator(arguments));
  }

  /** Starts goals as the administrator, and does not wait. */
  Process begin(Path output, String... arguments) throws IOException {
    return maven.begin(folder, output, administrator(arguments));
  }

  /** Runs goals without saying who asks. */
  ScriptResult runAsNobody(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("-Dserai.url=" + server.management(""), "-Dserai.server=nobody"));
    return maven.run(folder, all.toArray(String[]::new));
  }

  /** What its service answers through its channel. */
  String answer() {
    return server.client().get("/" + name + "/hello?name=Ada").body();
  }

  /** Saves its service as editors do: beside the file first, then by a rename. */
  void edit(String from, String to) throws IOException {
    Path file = source("Hello");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Path temporary = file.resolveSibling(".Hello.java.tmp");
    Files.writeString(temporary, text.replace(from, to));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The file of one of its classes. */
  Path source(String type) {
    return folder.resolve("src/main/java/com/acme/" + type + ".java");
  }

  private String[] administrator(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("-Dserai.url=" + server.management(""));
    all.add("-Dserai.token.file=" + server.data().resolve("security/token"));
    return all.toArray(String[]::new);
  }
}

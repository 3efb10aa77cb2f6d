package org.caravanserai.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Maven of this build and its settings, with a local repository of its own. In that lies what
 * this build has made, as {@code mvn install} would have it; all else leads to the local repository
 * of this build, which so keeps what has to be fetched and gets nothing of ours.
 */
final class Maven {

  private static final String GROUP = "caravanserai";
  private static final String VERSION = System.getProperty("serai.version");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path home = Path.of(System.getProperty("serai.maven"));
  private final Path folder;
  private final Path repository;

  /** Makes the repository below an empty folder. */
  Maven(Path folder) throws IOException {
    this.folder = folder;
    repository = folder.resolve("repository");
    Path local = Path.of(System.getProperty("serai.repository"));
    // Where bnd goes, which nothing but the projects of the archetype fetches.
    Files.createDirectories(local.resolve("biz"));
    link(local, repository, "org");
    link(local.resolve("org"), repository.resolve("org"), GROUP);
    install("..", "caravanserai", false);
    install("../bundles", "bundles", false);
    install("../bundles/org.caravanserai.api", "org.caravanserai.api", true);
    install("../bundles/org.caravanserai.spi", "org.caravanserai.spi", true);
    install("../bundles/org.caravanserai.runtime", "org.caravanserai.runtime", true);
    install("../tools", "tools", false);
    install("../tools/junit5", "serai-junit5", true);
    install("../tools/maven-plugin", "serai-maven-plugin", true);
    install("../tools/archetype", "serai-archetype", true);
  }

  /** Runs it to its end. */
  ScriptResult run(Path directory, String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "maven", ".out");
    Process process = begin(directory, output, arguments);
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Maven still ran: " + Files.readString(output));
      }
      return new ScriptResult(process.exitValue(), Files.readString(output), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroy();
    }
  }

  /** Starts it, and does not wait; what it prints goes to a file. */
  Process begin(Path directory, Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never"));
    command.add("-Dmaven.repo.local=" + repository);
    if (System.getProperty("serai.maven.mode").equals("offline=true")) {
      command.add("-o");
    }
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
    // It runs for seconds.
    builder
        .environment()
        .merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (was, ours) -> was + " " + ours);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }

  private void install(String module, String artifact, boolean hasJar) throws IOException {
    Path place = repository.resolve("org").resolve(GROUP).resolve(artifact).resolve(VERSION);
    Files.createDirectories(place);
    String name = artifact + "-" + VERSION;
    copy(Path.of(module, "pom.xml"), place.resolve(name + ".pom"));
    if (hasJar) {
      copy(Path.of(module, "target", name + ".jar"), place.resolve(name + ".jar"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leads to all folders of another folder but one, which becomes a folder of its own. */
  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    if (Files.isDirectory(from)) {
      try (Stream<Path> all = Files.list(from)) {
        for (Path each : all.filter(Files::isDirectory).toList()) {
          if (!each.endsWith(except)) {
            Files.createSymbolicLink(to.resolve(each.getFileName()), each.toRealPath());
          }
        }
      }
    }
  }
}

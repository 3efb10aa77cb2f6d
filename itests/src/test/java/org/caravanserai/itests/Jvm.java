package org.caravanserai.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The inside of a server's JVM, as its operator sees it: by {@code jcmd} and {@code /proc}. */
final class Jvm {

  private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");
  private static final Pattern LOADED =
      Pattern.compile("java\\.cls\\.loadedClasses=(\\d+)|java\\.cls\\.unloadedClasses=(\\d+)");

  private final long pid;

  Jvm(Server server) {
    pid = server.pid();
  }

  /** Collects all garbage, classes too. */
  void collect() {
    jcmd("GC.run");
  }

  /** How many kilobytes the metadata of classes take. */
  long metaspaceKilobytes() {
    Matcher found = METASPACE.matcher(jcmd("GC.heap_info"));
    if (!found.find()) {
      throw new IllegalStateException("no Metaspace in GC.heap_info");
    }
    return Long.parseLong(found.group(1));
  }

  /** How many classes are loaded now. */
  long classes() {
    String counters = jcmd("PerfCounter.print");
    long loaded = 0;
    for (Matcher each = LOADED.matcher(counters); each.find(); ) {
      loaded +=
          each.group(1) != null ? Long.parseLong(each.group(1)) : -Long.parseLong(each.group(2));
    }
    return loaded;
  }

  /** How many live instances there are of each class whose name contains a text. */
  Map<String, Long> instances(String nameContains) {
    return jcmd("GC.class_histogram")
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(parts -> parts.length >= 4 && parts[3].contains(nameContains))
        .collect(Collectors.toMap(parts -> parts[3], parts -> Long.parseLong(parts[1]), Long::sum));
  }

  /** The loaded classes whose name contains a text, whether or not there are instances. */
  List<String> classes(String nameContains) {
    return jcmd("VM.class_hierarchy")
        .lines()
        .filter(line -> line.contains(nameContains))
        .map(line -> line.replaceAll("[|\\s-]+", " ").strip())
        .toList();
  }

  /** The names of its threads. */
  List<String> threads() throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : jcmd("Thread.print").lines().toList()) {
      if (line.startsWith("\"")) {
        names.add(line.substring(1, line.indexOf('"', 1)));
      }
    }
    return names;
  }

  /** How many files, sockets and pipes it has open. */
  long files() throws IOException {
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  private String jcmd(String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin/jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(Arrays.asList(command));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(line + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package org.caravanserai.deploy.internal.compile;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.dependency.Dependencies;
import org.caravanserai.deploy.internal.dependency.MavenLibraries;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.deploy.internal.dependency.PrivateLibrary;
import org.caravanserai.spi.Diagnostic;

/** The {@code //DEPS} lines of sources and what they stand for. */
final class DependencyLines {

  private final MavenLibraries libraries;
  private final Map<List<PrivateLibrary>, SoftReference<LibraryTypes>> types =
      new ConcurrentHashMap<>();

  DependencyLines(MavenLibraries libraries) {
    this.libraries = libraries;
  }

  /**
   * The libraries that sources ask for.
   *
   * @throws RejectedException if a line is wrong or its library can't be had, at that line
   */
  Dependencies of(SourceTree tree) throws RejectedException {
    List<DependencyLine> lines = lines(tree);
    if (lines.isEmpty()) {
      return Dependencies.NONE;
    }
    List<String> artifacts = artifacts(lines);
    try {
      return new Dependencies(artifacts, libraries.find(artifacts));
    } catch (IOException e) {
      throw new RejectedException(
          Stage.COMPILE, culprit(lines, e).error("can't be had: " + e.getMessage()));
    }
  }

  /** Looks for them ahead of {@link #of}. */
  void fetch(SourceTree tree, boolean anew) throws RejectedException {
    List<String> artifacts = artifacts(lines(tree));
    if (!artifacts.isEmpty()) {
      libraries.fetch(artifacts, anew);
    }
  }

  /** As {@link MavenLibraries#remember}. */
  void remember(Dependencies dependencies) {
    libraries.remember(dependencies);
  }

  /** The jars that are kept. */
  PrivateJars jars() {
    return libraries.jars();
  }

  /** The line whose library is named; the first if it is something that one of them needs. */
  private static DependencyLine culprit(List<DependencyLine> lines, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return lines.stream()
        .filter(each -> isNamed(each.artifact().split(":", -1), message))
        .findFirst()
        .orElse(lines.get(0));
  }

  private static boolean isNamed(String[] artifact, String message) {
    return message.contains(artifact[0] + ":" + artifact[1] + ":")
        && message.contains(":" + artifact[2]);
  }

  private static List<DependencyLine> lines(SourceTree tree) throws RejectedException {
    List<DependencyLine> lines = new ArrayList<>();
    for (SourceFile each : tree.sources()) {
      lines.addAll(DependencyLine.of(each));
    }
    return lines;
  }

  private static List<String> artifacts(List<DependencyLine> lines) {
    return lines.stream().map(DependencyLine::artifact).distinct().toList();
  }

  /**
   * What is to be seen of libraries.
   *
   * @throws RejectedException if one can't be read
   */
  LibraryTypes types(String fileName, Dependencies dependencies) throws RejectedException {
    List<PrivateLibrary> all = dependencies.libraries();
    if (all.isEmpty()) {
      return LibraryTypes.NONE;
    }
    SoftReference<LibraryTypes> known = types.get(all);
    LibraryTypes found = known == null ? null : known.get();
    if (found == null) {
      try {
        found = new LibraryTypes(libraries.jars().open(all));
      } catch (IOException e) {
        throw new RejectedException(
            Stage.COMPILE, Diagnostic.error(fileName, 0, 0, "" + e.getMessage()));
      }
      types.values().removeIf(each -> each.get() == null);
      types.put(all, new SoftReference<>(found));
    }
    return found;
  }
}

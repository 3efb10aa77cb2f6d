package org.caravanserai.maven;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles all sources of a project into an empty folder. */
final class SourceCompiler {

  private final JavaCompiler compiler;
  private final CompilerSettings settings;
  private final List<Path> roots;
  private final List<Path> classPath;
  private final Path output;

  /**
   * A compiler for a project.
   *
   * @param roots the folders of its sources
   * @param output a folder of its own, for the classes and for what annotation processors write
   * @throws RefusedException if Maven's Java has no compiler
   */
  SourceCompiler(CompilerSettings settings, List<Path> roots, List<Path> classPath, Path output)
      throws RefusedException {
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw new RefusedException("Maven runs on a Java without a compiler: set JAVA_HOME to a JDK");
    }
    this.compiler = found;
    this.settings = settings;
    this.roots = roots;
    this.classPath = classPath;
    this.output = output;
  }

  /** What sources are compiled against. */
  List<Path> classPath() {
    return classPath;
  }

  /**
   * Compiles.
   *
   * @return the folder with the classes
   * @throws RefusedException with a line for each error, if there are any
   */
  Path compile() throws RefusedException {
    try {
      delete(output);
      Path classes = Files.createDirectories(output.resolve("classes"));
      Path generated = Files.createDirectories(output.resolve("generated"));
      List<File> sources = sources();
      if (!sources.isEmpty()) {
        compile(sources, classes, generated);
      }
      writeComments(classes);
      return classes;
    } catch (IOException | UncheckedIOException e) {
      throw new RefusedException("Can't compile: " + e.getMessage());
    }
  }

  /**
   * Writes the doc comments of the sources beside their classes.
   *
   * @param classes the folder with the classes
   */
  void writeComments(Path classes) throws IOException {
    List<File> sources = sources();
    if (sources.isEmpty()) {
      return;
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, settings.encoding())) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  // What does not compile is told by who compiles it.
                  unused -> {},
                  settings.options(),
                  null,
                  files.getJavaFileObjectsFromFiles(sources));
      DocComments.write(task, classes);
    }
  }

  private void compile(List<File> sources, Path classes, Path generated)
      throws IOException, RefusedException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, settings.encoding())) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  found,
                  settings.options(),
                  null,
                  files.getJavaFileObjectsFromFiles(sources))
              .call();
      if (!compiled) {
        throw new RefusedException(
            found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(SourceCompiler::line)
                .collect(Collectors.joining("\n")));
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new RefusedException("The compiler refuses its options: " + e.getMessage());
    }
  }

  private static String line(Diagnostic<? extends JavaFileObject> found) {
    JavaFileObject source = found.getSource();
    String message = "error: " + found.getMessage(Locale.ROOT);
    return source == null
        ? message
        : "%s:%d:%d: %s"
            .formatted(source.getName(), found.getLineNumber(), found.getColumnNumber(), message);
  }

  private List<File> sources() throws IOException {
    List<File> sources = new ArrayList<>();
    for (Path root : roots) {
      sources.addAll(below(root, ".java").stream().map(Path::toFile).toList());
    }
    return sources;
  }

  /** The files below a folder whose names end so, in order; none if there is no such folder. */
  static Collection<Path> below(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}

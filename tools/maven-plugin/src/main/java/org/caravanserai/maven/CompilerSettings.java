package org.caravanserai.maven;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * How the project's sources are compiled, as its pom tells {@code maven-compiler-plugin}.
 *
 * @param encoding the encoding of sources
 * @param options the options of {@code javac}, without paths
 */
record CompilerSettings(Charset encoding, List<String> options) {

  /** Reads them from a project. */
  static CompilerSettings of(MavenProject project) {
    @Nullable Xpp3Dom plugin =
        project.getGoalConfiguration(
            "org.apache.maven.plugins", "maven-compiler-plugin", "default-compile", "compile");
    Reader reader = new Reader(project, plugin == null ? new Xpp3Dom("configuration") : plugin);
    List<String> options = new ArrayList<>(List.of("-g"));
    String release = reader.value("release", "maven.compiler.release");
    if (release != null) {
      options.addAll(List.of("--release", release));
    } else {
      reader.option(options, "-source", "source", "maven.compiler.source");
      reader.option(options, "-target", "target", "maven.compiler.target");
    }
    if ("true".equals(reader.value("parameters", "maven.compiler.parameters"))) {
      options.add("-parameters");
    }
    options.addAll(reader.arguments());
    String encoding = reader.value("encoding", "project.build.sourceEncoding");
    return new CompilerSettings(
        encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding), options);
  }

  /**
   * The folders of a project's sources, but for the one that annotation processors have filled in
   * Maven's build: they fill it anew.
   */
  static List<Path> roots(MavenProject project) {
    return project.getCompileSourceRoots().stream()
        .map(Path::of)
        .filter(root -> !root.endsWith("generated-sources/annotations"))
        .toList();
  }

  /** One look at the plug-in's configuration, and then at the property that stands for it. */
  private record Reader(MavenProject project, Xpp3Dom configuration) {

    @Nullable String value(String element, String property) {
      Xpp3Dom child = configuration.getChild(element);
      String value = child == null ? null : child.getValue();
      return value == null ? project.getProperties().getProperty(property) : value;
    }

    void option(List<String> options, String option, String element, String property) {
      String value = value(element, property);
      if (value != null) {
        options.addAll(List.of(option, value));
      }
    }

    List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      Xpp3Dom all = configuration.getChild("compilerArgs");
      if (all != null) {
        for (Xpp3Dom each : all.getChildren()) {
          if (each.getValue() != null) {
            arguments.add(each.getValue());
          }
        }
      }
      return arguments;
    }
  }
}

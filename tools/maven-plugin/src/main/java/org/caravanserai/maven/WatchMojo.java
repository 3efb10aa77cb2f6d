package org.caravanserai.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Deploys the project, and again whenever a source, a resource or the file of objects is saved,
 * until Ctrl-C: {@code mvn serai:watch}. What does not compile, or is refused, changes nothing on
 * the server.
 */
@Mojo(name = "watch", requiresDependencyResolution = ResolutionScope.COMPILE)
@Execute(phase = LifecyclePhase.PACKAGE)
public final class WatchMojo extends ProjectMojo {

  @Override
  void deploy() throws RefusedException {
    MavenProject built = project().getExecutionProject();
    File file = built.getArtifact().getFile();
    if (file == null) {
      throw new RefusedException("This project makes no jar");
    }
    ResourceFolders resources = ResourceFolders.of(built.getResources());
    List<Path> sources = CompilerSettings.roots(built);
    List<Path> places = new ArrayList<>(sources);
    places.addAll(resources.paths());
    places.add(objects());
    // Before the sources are read: what is saved from here on is met later.
    Saves saves = new Saves(places);
    Workshop workshop = new Workshop(compiler(built, sources), resources, file.toPath());
    Watch watch = new Watch(saves, workshop, file.toPath(), objects(), target(false), getLog());
    watch.bring();
    resources
        .others()
        .forEach(each -> getLog().warn(each + " takes a build by Maven: it is not watched"));
    getLog().info("Watching " + project().getBasedir() + ": save to deploy, Ctrl-C to end");
    try {
      watch.follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SourceCompiler compiler(MavenProject built, List<Path> sources) throws RefusedException {
    try {
      Path classes = Path.of(built.getBuild().getOutputDirectory());
      List<Path> classPath =
          project().getCompileClasspathElements().stream()
              .map(Path::of)
              .filter(each -> !each.equals(classes))
              .toList();
      return new SourceCompiler(
          CompilerSettings.of(built),
          sources,
          classPath,
          Path.of(built.getBuild().getDirectory(), "serai-watch"));
    } catch (DependencyResolutionRequiredException e) {
      throw new RefusedException("Can't tell what the sources compile against: " + e.getMessage());
    }
  }
}

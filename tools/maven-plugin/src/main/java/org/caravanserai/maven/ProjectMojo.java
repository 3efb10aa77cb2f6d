package org.caravanserai.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals share that make a project's services live. */
abstract class ProjectMojo extends ServerMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /** The deployment's name. */
  @Parameter(property = "serai.name", defaultValue = "${project.artifactId}")
  private String name;

  /** The objects that belong to the services: channels, connections. Need not be there. */
  @Parameter(property = "serai.objects", defaultValue = "${project.basedir}/serai.yaml")
  private File objects;

  /** Whether this module has nothing to deploy. */
  @Parameter(property = "serai.skip", defaultValue = "false")
  private boolean skip;

  @Override
  final void run() throws RefusedException {
    if (skip || project.getPackaging().equals("pom")) {
      getLog().info("Nothing to deploy in " + project.getArtifactId());
    } else {
      deploy();
    }
  }

  /** Makes them live. */
  abstract void deploy() throws RefusedException;

  final MavenProject project() {
    return project;
  }

  final Target target(boolean dryRun) throws RefusedException {
    return new Target(api(), name, dryRun);
  }

  final Path objects() {
    return objects.toPath();
  }

  /** What a file of the project holds. */
  static byte[] read(Path file) throws RefusedException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RefusedException("Can't read " + file + ": " + e.getMessage());
    }
  }
}

package org.caravanserai.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the services of the project live on a server, and its objects after them: {@code mvn
 * package serai:deploy}. A refusal fails the build, and what was live goes on.
 */
@Mojo(name = "deploy", threadSafe = true)
public final class DeployMojo extends ProjectMojo {

  /** Whether the server only tells what would happen. */
  @Parameter(property = "serai.dryRun", defaultValue = "false")
  private boolean dryRun;

  /** The jar to deploy, if it is not the one that this build has made. */
  @Parameter(property = "serai.file")
  private @Nullable File file;

  @Override
  void deploy() throws RefusedException {
    Path jar = jar();
    Target target = target(dryRun);
    getLog().info(target.deploy(read(jar), jar.toString()));
    if (Files.exists(objects())) {
      target.importObjects(read(objects()), objects().toString()).forEach(getLog()::info);
    }
  }

  private Path jar() throws RefusedException {
    File chosen = file == null ? project().getArtifact().getFile() : file;
    if (chosen == null || !chosen.isFile()) {
      throw new RefusedException(
          chosen == null || file == null
              ? "This build has made no jar: run mvn package serai:deploy, or name one with"
                  + " -Dserai.file="
              : "There is no file " + file);
    }
    return chosen.toPath();
  }
}

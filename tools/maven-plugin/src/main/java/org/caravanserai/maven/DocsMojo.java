package org.caravanserai.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Puts the Javadoc of services and records beside their classes, from where the server has what it
 * says in OpenAPI documents and in its docs of services.
 */
@Mojo(name = "docs", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class DocsMojo extends AbstractMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Override
  public void execute() throws MojoFailureException {
    try {
      Path classes = Path.of(project.getBuild().getOutputDirectory());
      new SourceCompiler(
              CompilerSettings.of(project), CompilerSettings.roots(project), List.of(), classes)
          .writeComments(classes);
    } catch (RefusedException e) {
      throw new MojoFailureException(e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw new MojoFailureException("Can't write the docs: " + e.getMessage());
    }
  }
}

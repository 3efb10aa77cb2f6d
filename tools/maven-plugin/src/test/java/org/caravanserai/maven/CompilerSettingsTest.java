package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class CompilerSettingsTest {

  private final Model model = new Model();

  @Test
  void propertiesAreRead() {
    model.addProperty("maven.compiler.release", "17");
    model.addProperty("maven.compiler.parameters", "true");
    model.addProperty("project.build.sourceEncoding", "ISO-8859-1");
    CompilerSettings settings = CompilerSettings.of(new MavenProject(model));
    assertThat(settings.options()).containsExactly("-g", "--release", "17", "-parameters");
    assertThat(settings.encoding()).isEqualTo(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theConfigurationOfThePlugInGoesFirst() throws Exception {
    model.addProperty("maven.compiler.release", "11");
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.apache.maven.plugins");
    plugin.setArtifactId("maven-compiler-plugin");
    plugin.setConfiguration(
        Xpp3DomBuilder.build(
            new StringReader(
                "<configuration><release>17</release><compilerArgs><arg>-Xlint:all</arg>"
                    + "</compilerArgs></configuration>")));
    model.setBuild(new Build());
    model.getBuild().addPlugin(plugin);
    CompilerSettings settings = CompilerSettings.of(new MavenProject(model));
    assertThat(settings.options()).containsExactly("-g", "--release", "17", "-Xlint:all");
    assertThat(settings.encoding()).isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void sourceAndTargetStandInForRelease() {
    model.addProperty("maven.compiler.source", "17");
    model.addProperty("maven.compiler.target", "17");
    assertThat(CompilerSettings.of(new MavenProject(model)).options())
        .containsExactly("-g", "-source", "17", "-target", "17");
  }

  @Test
  void whatProcessorsHaveWrittenIsNoSource() {
    MavenProject project = new MavenProject(model);
    project.addCompileSourceRoot("/p/src/main/java");
    project.addCompileSourceRoot("/p/target/generated-sources/annotations");
    project.addCompileSourceRoot("/p/target/generated-sources/jaxb");
    assertThat(CompilerSettings.roots(project))
        .containsExactly(Path.of("/p/src/main/java"), Path.of("/p/target/generated-sources/jaxb"));
  }
}

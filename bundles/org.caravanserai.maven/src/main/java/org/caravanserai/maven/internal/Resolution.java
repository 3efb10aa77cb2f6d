package org.caravanserai.maven.internal;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.caravanserai.spi.ArtifactResolver;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.ops4j.pax.url.mvn.MavenResolver;

/** One choice of libraries. */
final class Resolution {

  private final RepositorySystem maven;
  private final Repositories repositories;

  Resolution(RepositorySystem maven, MavenResolver resolver) {
    this.maven = maven;
    this.repositories = new Repositories(resolver);
  }

  /**
   * The jars of libraries and of what they need.
   *
   * @throws IOException as {@link ArtifactResolver#resolve}
   */
  List<ArtifactResolver.Artifact> jars(List<String> artifacts) throws IOException {
    CollectRequest collected = new CollectRequest();
    for (String each : artifacts) {
      collected.addDependency(new Dependency(new DefaultArtifact(each), JavaScopes.RUNTIME));
    }
    try {
      return maven
          .resolveDependencies(
              session(),
              new DependencyRequest(
                  collected, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(each -> each.getExtension().equals("jar"))
          .map(each -> new ArtifactResolver.Artifact(name(each), each.getFile().toPath()))
          .toList();
    } catch (RepositoryException e) {
      // What could not be read comes first; without that, Maven's own words say what is wrong.
      throw new IOException(repositories.failure().orElse("" + e.getMessage()), e);
    }
  }

  private static String name(Artifact artifact) {
    String classifier = artifact.getClassifier();
    return String.join(
        ":",
        artifact.getGroupId(),
        artifact.getArtifactId() + (classifier.isEmpty() ? "" : ":" + classifier),
        artifact.getVersion());
  }

  private DefaultRepositorySystemSession session() {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    session.setWorkspaceReader(repositories);
    session.setOffline(true);
    // Those which poms name are none of the operator's.
    session.setIgnoreArtifactDescriptorRepositories(true);
    // A library whose pom can't be read would be taken without what it needs.
    session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, true));
    session.setSystemProperties(System.getProperties());
    // Nothing is written to it: whatever there is comes from the repositories above.
    LocalRepository none =
        new LocalRepository(new File(System.getProperty("java.io.tmpdir"), "no"));
    session.setLocalRepositoryManager(maven.newLocalRepositoryManager(session, none));
    return session;
  }
}

package org.caravanserai.maven.internal;

import java.io.IOException;
import java.util.List;
import org.caravanserai.spi.ArtifactResolver;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.url.mvn.MavenResolver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Chooses libraries and their versions as Maven does. What it reads it gets through Pax URL, so
 * that repositories, credentials and checksums are those of every {@code mvn:} URL. Maven is not
 * loaded before something is asked for.
 */
@Component
public final class MavenArtifacts implements ArtifactResolver {

  private final MavenResolver repositories;
  private @Nullable RepositorySystem maven;

  /** Made by the container. */
  @Activate
  public MavenArtifacts(@Reference MavenResolver repositories) {
    this.repositories = repositories;
  }

  @Override
  public List<Artifact> resolve(List<String> artifacts) throws IOException {
    return new Resolution(maven(), repositories).jars(artifacts);
  }

  private synchronized RepositorySystem maven() {
    RepositorySystem known = maven;
    if (known == null) {
      known = new LocalMaven().get();
      maven = known;
    }
    return known;
  }

  /** Ends Maven, if it has begun. */
  @Deactivate
  synchronized void close() {
    RepositorySystem known = maven;
    if (known != null) {
      known.shutdown();
    }
  }
}

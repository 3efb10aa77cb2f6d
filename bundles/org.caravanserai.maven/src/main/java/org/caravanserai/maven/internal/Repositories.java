package org.caravanserai.maven.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.repository.metadata.io.xpp3.MetadataXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.url.mvn.MavenResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that Maven reads: what Pax URL finds where the operator lets it look. */
final class Repositories implements WorkspaceReader {

  private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);

  private final MavenResolver resolver;
  private final WorkspaceRepository repository = new WorkspaceRepository("mvn");
  private @Nullable String failure;

  Repositories(MavenResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public @Nullable File findArtifact(Artifact artifact) {
    try {
      String classifier = artifact.getClassifier();
      return resolver.resolve(
          artifact.getGroupId(),
          artifact.getArtifactId(),
          classifier.isEmpty() ? null : classifier,
          artifact.getExtension(),
          artifact.getVersion());
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Those from which one is chosen where a pom allows a range. */
  @Override
  public List<String> findVersions(Artifact artifact) {
    try {
      File file =
          resolver.resolveMetadata(
              artifact.getGroupId(), artifact.getArtifactId(), "maven-metadata.xml", null);
      return file == null ? List.of() : versions(file.toPath());
    } catch (IOException e) {
      LOG.debug("no versions of {}", artifact, e);
      return List.of();
    }
  }

  /** It was made for this question. */
  private static List<String> versions(Path metadata) throws IOException {
    try (InputStream in = Files.newInputStream(metadata)) {
      return new MetadataXpp3Reader().read(in, false).getVersioning().getVersions();
    } catch (XmlPullParserException e) {
      throw new IOException("the repository's list of versions can't be read", e);
    } finally {
      Files.deleteIfExists(metadata);
    }
  }

  private synchronized void fail(String message) {
    if (failure == null) {
      failure = message;
    }
  }

  /** What could not be read first. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }
}

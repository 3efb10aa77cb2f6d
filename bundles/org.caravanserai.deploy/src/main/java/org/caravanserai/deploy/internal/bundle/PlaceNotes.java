package org.caravanserai.deploy.internal.bundle;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which content the bundles of deployments have: a note each, beside the bundles in the framework's
 * cache, so that both go together.
 */
final class PlaceNotes {

  private static final Logger LOG = LoggerFactory.getLogger(PlaceNotes.class);

  private final BundleContext context;

  PlaceNotes(BundleContext context) {
    this.context = context;
  }

  /** The hash of what is in its place; empty if that is not known. */
  String read(String deployment) {
    Path file = file(deployment);
    try {
      return file == null ? "" : Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** That is in its place from now on. */
  void write(String deployment, String hash) {
    Path file = file(deployment);
    try {
      if (file != null) {
        Files.writeString(file, hash, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      LOG.debug("{} is installed anew at the next start", deployment, e);
    }
  }

  /** What is in its place is not known any more. */
  void forget(String deployment) {
    Path file = file(deployment);
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", file, e.getMessage());
    }
  }

  private @Nullable Path file(String deployment) {
    File file = context.getDataFile("bundle-" + deployment);
    return file == null ? null : file.toPath();
  }
}

package org.caravanserai.deploy.internal.features;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeatureEvent;
import org.apache.karaf.features.FeaturesListener;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.RepositoryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of what was asked of the features service beyond what the server boots with, outside of
 * Karaf's cache: what the cache has lost is asked for again.
 */
public final class FeaturesMemory implements DeploymentListener, FeaturesListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeaturesMemory.class);

  private static final String HEAD =
      """
      # What Karaf's features service was asked for beyond what the server boots with. It is asked for
      # again when its cache was lost. To give up what can't be had any more, take its line away while
      # the server is stopped.
      """;

  private final FeaturesService features;
  private final Path file;
  private final Path bootFile;
  private RequestedFeatures boot = RequestedFeatures.NONE;
  private RequestedFeatures unmet = RequestedFeatures.NONE;
  private boolean open;

  /**
   * Prepares it.
   *
   * @param file the copy
   * @param bootFile what the server boots with; a file that is lost with the cache
   */
  public FeaturesMemory(FeaturesService features, Path file, Path bootFile) {
    this.features = features;
    this.file = file;
    this.bootFile = bootFile;
  }

  /** Asks again for what is missing, and copies every change from now on. */
  public void open() {
    try {
      restore();
    } catch (Exception e) {
      LOG.error("What was asked of the features service can't be restored", e);
      return;
    }
    synchronized (this) {
      open = true;
    }
    features.registerListener((DeploymentListener) this);
    features.registerListener((FeaturesListener) this);
    note();
  }

  private void restore() throws Exception {
    RequestedFeatures wanted = read(file).orElse(RequestedFeatures.NONE);
    Optional<RequestedFeatures> known = read(bootFile);
    boot = known.isPresent() ? known.get() : now().minus(wanted);
    if (known.isEmpty()) {
      write(bootFile, boot);
    }
    RequestedFeatures missing = wanted.minus(now());
    if (missing.equals(RequestedFeatures.NONE)) {
      return;
    }
    LOG.info("Asking the features service again for {}", missing.lines().toList());
    missing.repositories().forEach(this::addRepository);
    require(missing);
    unmet = missing.minus(now());
  }

  private void addRepository(String uri) {
    try {
      features.addRepository(URI.create(uri));
    } catch (Exception e) {
      LOG.error("The feature repository {} is not there any more: {}", uri, e.toString());
    }
  }

  /** All at once, or as many as can be. */
  private void require(RequestedFeatures missing) {
    if (missing.requirements().isEmpty() || tryAll(missing)) {
      return;
    }
    for (String each : missing.requirements()) {
      RequestedFeatures one = new RequestedFeatures(new TreeSet<>(), new TreeSet<>(List.of(each)));
      if (!tryAll(one)) {
        LOG.error("{} can't be installed again; tried at the next start once more", each);
      }
    }
  }

  private boolean tryAll(RequestedFeatures some) {
    try {
      Consent.FORCED.call(
          () -> {
            features.addRequirements(some.byRegion(), EnumSet.noneOf(FeaturesService.Option.class));
            return some;
          });
      return true;
    } catch (Exception e) {
      LOG.warn("{} can't be installed: {}", some.requirements(), e.toString());
      return false;
    }
  }

  private RequestedFeatures now() throws Exception {
    return InstalledFeatures.asked(features);
  }

  /** Copies what is asked for now, before whoever asked is answered. */
  private synchronized void note() {
    if (!open) {
      return;
    }
    try {
      RequestedFeatures now = now();
      RequestedFeatures copy = now.minus(boot).plus(unmet.minus(now));
      if (!read(file).equals(Optional.of(copy))) {
        write(file, copy);
      }
    } catch (Exception e) {
      LOG.error("{} can't be written: a lost cache would lose features too", file, e);
    }
  }

  private static Optional<RequestedFeatures> read(Path from) throws IOException {
    return Files.exists(from)
        ? Optional.of(RequestedFeatures.read(Files.readAllLines(from)))
        : Optional.empty();
  }

  private static void write(Path to, RequestedFeatures what) throws IOException {
    String text = what.lines().map(line -> line + "\n").collect(Collectors.joining("", HEAD, ""));
    Path unfinished = to.resolveSibling("." + to.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void deploymentEvent(DeploymentEvent event) {
    // Before its bundles start the service has stored what it was asked for, even if they fail.
    if (event != DeploymentEvent.DEPLOYMENT_STARTED) {
      note();
    }
  }

  @Override
  public void featureEvent(FeatureEvent event) {
    // The deployment that it belongs to tells enough.
  }

  @Override
  public void repositoryEvent(RepositoryEvent event) {
    if (!event.isReplay()) {
      note();
    }
  }

  @Override
  public void close() {
    features.unregisterListener((DeploymentListener) this);
    features.unregisterListener((FeaturesListener) this);
    synchronized (this) {
      open = false;
    }
  }
}

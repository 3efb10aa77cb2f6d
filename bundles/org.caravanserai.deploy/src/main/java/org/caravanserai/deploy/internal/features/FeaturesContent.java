package org.caravanserai.deploy.internal.features;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A revision of a kar or feature repository. */
final class FeaturesContent implements InPlaceContent {

  private static final Logger LOG = LoggerFactory.getLogger(FeaturesContent.class);

  private final DeployableType type;
  private final InstalledFeatures installed;
  private final FeatureFolder folder;
  private final List<FeatureFolder> others;
  private final RequestedFeatures asked;
  private final List<AffectedBundle> affected;
  private volatile boolean entered;
  private volatile List<String> changes = List.of();

  FeaturesContent(
      DeployableType type,
      InstalledFeatures installed,
      FeatureFolder folder,
      List<FeatureFolder> others,
      RequestedFeatures asked,
      List<AffectedBundle> affected) {
    this.type = type;
    this.installed = installed;
    this.folder = folder;
    this.others = others;
    this.asked = asked;
    this.affected = affected;
  }

  @Override
  public DeployableType type() {
    return type;
  }

  @Override
  public List<ServiceRevision> services() {
    return List.of();
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public Optional<Long> bundle() {
    return Optional.empty();
  }

  @Override
  public boolean stopped() {
    return false;
  }

  @Override
  public List<String> parts() {
    return asked.features();
  }

  @Override
  public List<AffectedBundle> affected() {
    return affected;
  }

  @Override
  public List<String> changes() {
    return changes;
  }

  @Override
  public void enter() throws ContentRefusedException {
    try {
      SortedSet<String> before = installed.names();
      RequestedFeatures had = installed.asked();
      folder.asked(asked);
      installed.replace(others, asked);
      entered = true;
      changes = changes(before, had);
      others.forEach(FeatureFolder::delete);
    } catch (Exception e) {
      forget();
      throw FeaturesType.refused(
          Stage.LINK, folder.toString(), "can't be installed: " + e.getMessage());
    }
  }

  private List<String> changes(SortedSet<String> before, RequestedFeatures had) throws Exception {
    List<String> lines = new ArrayList<>();
    RequestedFeatures has = installed.asked();
    has.minus(had).repositories().forEach(each -> lines.add("repository " + each + " added"));
    had.minus(has).repositories().forEach(each -> lines.add("repository " + each + " removed"));
    SortedSet<String> after = installed.names();
    SortedSet<String> come = new TreeSet<>(after);
    come.removeAll(before);
    SortedSet<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    come.forEach(each -> lines.add(each + " installed"));
    gone.forEach(each -> lines.add(each + " uninstalled"));
    return lines;
  }

  private void forget() {
    try {
      folder.asked(RequestedFeatures.NONE);
    } catch (IOException e) {
      LOG.warn("{}: {}", folder, e.toString());
    }
  }

  @Override
  public void start(@Nullable LiveContent before) {
    // Its bundles have been started by the features service.
  }

  @Override
  public void withdraw() {
    // It leaves.
  }

  @Override
  public void pause() {
    // What its bundles do, they do by themselves.
  }

  @Override
  public void leave() {
    if (!folder.exists()) {
      return;
    }
    try {
      installed.replace(List.of(folder), RequestedFeatures.NONE);
      folder.delete();
    } catch (Exception e) {
      LOG.error("{} can't be uninstalled: {}", asked.features(), e.toString());
    }
  }

  @Override
  public CompletionStage<@Nullable Void> stop(Duration timeout) {
    if (!entered) {
      folder.deleteUnlessAsked();
    }
    return CompletableFuture.completedFuture(null);
  }
}

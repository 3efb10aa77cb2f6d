package org.caravanserai.deploy.internal.bundle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** One revision of a deployment that is a bundle. */
final class PlacedBundle implements InPlaceContent {

  private final DeployableType type;
  private final BundlePlaces places;
  private final DeployableContent content;
  private final List<String> declared;

  /**
   * A revision that could go live.
   *
   * @param declared the names of the services that its header names
   */
  PlacedBundle(
      DeployableType type, BundlePlaces places, DeployableContent content, List<String> declared) {
    this.type = type;
    this.places = places;
    this.content = content;
    this.declared = declared;
  }

  /** What was deployed. */
  DeployableContent content() {
    return content;
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
  public List<String> parts() {
    return List.of();
  }

  @Override
  public List<AffectedBundle> affected() {
    return places.affected(content.deployment());
  }

  @Override
  public List<String> names() {
    return places.isIn(this) ? places.names(content.deployment()) : declared;
  }

  @Override
  public Optional<Long> bundle() {
    return places.find(content.deployment()).map(Bundle::getBundleId);
  }

  @Override
  public boolean stopped() {
    return places.isIn(this)
        && places
            .find(content.deployment())
            .filter(each -> each.getState() == Bundle.ACTIVE || each.getState() == Bundle.STARTING)
            .isEmpty();
  }

  @Override
  public void enter() throws ContentRefusedException {
    places.enter(this);
  }

  @Override
  public void leave() {
    places.leave(this);
  }

  @Override
  public void start(@Nullable LiveContent before) {
    // It was started in its place.
  }

  @Override
  public void pause() {
    // Calls have waited until it was replaced.
  }

  @Override
  public void withdraw() {
    // Its bundle closes what it has opened.
  }

  @Override
  public CompletionStage<@Nullable Void> stop(Duration timeout) {
    return CompletableFuture.completedFuture(null);
  }
}

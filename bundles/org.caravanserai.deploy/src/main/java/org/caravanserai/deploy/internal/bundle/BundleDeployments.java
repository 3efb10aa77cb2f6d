package org.caravanserai.deploy.internal.bundle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.LiveContent;

/**
 * Bundles as deployments that are more than their services: which export packages, have components
 * or an activator. Each has its place in the framework, where one revision follows the other.
 */
public final class BundleDeployments implements DeployableType {

  private static final String SUFFIX = ".jar";

  private final BundlePlaces places;

  /** Deploys to these places. */
  public BundleDeployments(BundlePlaces places) {
    this.places = places;
  }

  @Override
  public List<String> suffixes() {
    return List.of(SUFFIX);
  }

  @Override
  public Optional<String> suffixOf(byte[] content) {
    return BundleJar.of(content).filter(jar -> jar.isMore(content)).map(each -> SUFFIX);
  }

  @Override
  public boolean takes(Class<?> type) {
    return false;
  }

  @Override
  public String wanted() {
    return "is in a bundle";
  }

  @Override
  public LiveContent prepare(DeployableContent content) throws ContentRefusedException {
    return new PlacedBundle(this, places, content, places.check(content));
  }

  /** Whom to ask to go on with a new bundle. */
  public void follow(BundlePlaces.Dependents who) {
    places.follow(who);
  }

  /** Uninstalls bundles of deployments that are no more, as may be left by a crash. */
  public void sweep(Set<String> deployments) {
    places.sweep(deployments);
  }
}

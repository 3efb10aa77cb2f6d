package org.caravanserai.deploy.internal.features;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to the features service: what it begins with, stops and uninstalls, is held back
 * until it comes to what can't be taken back, and all of the bundles that it touches are known.
 */
public final class FeatureChange {

  private static final Logger LOG = LoggerFactory.getLogger(FeatureChange.class);

  private final FeatureRequest request;
  private final List<ForeignField.Call> held = new ArrayList<>();
  private final Set<Bundle> stopped = new LinkedHashSet<>();
  private final Set<Bundle> uninstalled = new LinkedHashSet<>();
  private @Nullable Resolution resolution;
  private AutoCloseable services = () -> {};
  private boolean decided;

  FeatureChange(FeatureRequest request) {
    this.request = request;
  }

  /** What was asked for. */
  FeatureRequest request() {
    return request;
  }

  /** It is planned, once more if it needs others first. */
  void plan() {
    held.clear();
    stopped.clear();
    uninstalled.clear();
    resolution = null;
    decided = false;
  }

  /** Its plan is made of that. */
  void resolved(Resolution found) {
    resolution = found;
  }

  boolean isDecided() {
    return decided;
  }

  /** Holds back the stop of a bundle. */
  void stop(Bundle bundle, ForeignField.Call call) {
    stopped.add(bundle);
    held.add(call);
  }

  /** Holds back that a bundle is uninstalled. */
  void uninstall(Bundle bundle, ForeignField.Call call) {
    uninstalled.add(bundle);
    held.add(call);
  }

  /** The bundles that are stopped. */
  Set<Bundle> stopped() {
    return stopped;
  }

  /** The bundles that are uninstalled. */
  Set<Bundle> uninstalled() {
    return uninstalled;
  }

  /** What the resolver found; empty if nobody knows. */
  Optional<Resolution> resolution() {
    return Optional.ofNullable(resolution);
  }

  /** Services are held up, until {@link #letIn}. */
  void hold(AutoCloseable services) {
    services(services);
  }

  /** Lets calls into the services again that were held up. */
  void letIn() {
    services(() -> {});
  }

  private void services(AutoCloseable next) {
    try {
      services.close();
    } catch (Exception e) {
      LOG.warn("Services stay held up: {}", e.toString());
    }
    services = next;
  }

  /** Does what was held back, in its order; nothing is held back from now on. */
  void goOn() throws Exception {
    decided = true;
    for (ForeignField.Call each : held) {
      each.proceed();
    }
    held.clear();
  }
}

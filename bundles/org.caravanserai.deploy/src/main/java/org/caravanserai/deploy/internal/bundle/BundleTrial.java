package org.caravanserai.deploy.internal.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.install.TrialBundle;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a bundle could be resolved, by a trial beside the one that is live. */
final class BundleTrial {

  private static final Logger LOG = LoggerFactory.getLogger(BundleTrial.class);

  private final BundleContext context;
  private final BundleServices services;
  private final ServiceRegistry registry;
  private final BundleTurn turn;
  private final RefreshSet refreshSet;
  private final MissingPackages missing;

  BundleTrial(
      BundleContext context, BundleServices services, ServiceRegistry registry, BundleTurn turn) {
    this.context = context;
    this.services = services;
    this.registry = registry;
    this.turn = turn;
    this.refreshSet = new RefreshSet(context);
    this.missing = new MissingPackages(context);
  }

  /**
   * Tries it.
   *
   * @return the names of the services that its header names
   */
  List<String> of(DeployableContent content) throws ContentRefusedException {
    BundleJar jar =
        BundleJar.of(content.text())
            .orElseThrow(() -> Refusal.of(content, Stage.COMPILE, "has no manifest"));
    if (jar.isFragment()) {
      throw Refusal.of(content, Stage.CHECK, "a fragment goes live with its host only");
    }
    turn.begin();
    Bundle trial = null;
    try {
      ZipCheck.all(content.text());
      trial =
          context.installBundle(
              TrialBundle.location(content.deployment()), new ByteArrayInputStream(content.text()));
      if (!refreshSet.wiring().resolveBundles(List.of(trial))) {
        throw new ContentRefusedException(Stage.LINK, missing.of(content.fileName(), trial));
      }
      return declared(content, jar, trial);
    } catch (IOException e) {
      throw Refusal.of(content, Stage.COMPILE, "not a jar that can be read: " + e.getMessage());
    } catch (BundleException e) {
      boolean isThere = context.getBundle(BundleLocation.of(content.deployment())) != null;
      if (e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR && isThere) {
        // This framework has a version of a bundle only once: it is tried in its place.
        return List.of();
      }
      throw Refusal.of(
          content, Stage.CHECK, "not a bundle that can be installed: " + Refusal.cause(e));
    } finally {
      if (trial != null) {
        end(trial);
      }
      turn.end();
    }
  }

  private List<String> declared(DeployableContent content, BundleJar jar, Bundle trial)
      throws ContentRefusedException {
    List<String> names = new ArrayList<>();
    for (String each : jar.services()) {
      try {
        String name = registry.nameOf(trial.loadClass(each));
        Optional<String> owner = services.owner(name, content.deployment());
        if (owner.isPresent()) {
          throw Refusal.of(
              content,
              Stage.CONFLICT,
              "service " + name + " is deployed by " + owner.get() + " already");
        }
        names.add(name);
      } catch (RevisionRefusedException e) {
        throw Refusal.of(content, Stage.CHECK, each + ": " + e.getMessage());
      } catch (ClassNotFoundException | LinkageError e) {
        throw Refusal.of(
            content,
            Stage.LINK,
            BundleJar.SERVICES + " names " + each + ", which can't be loaded: " + e.getMessage());
      }
    }
    return names;
  }

  private static void end(Bundle trial) {
    try {
      trial.uninstall();
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("{} can't be uninstalled: {}", trial, e.getMessage());
    }
  }
}

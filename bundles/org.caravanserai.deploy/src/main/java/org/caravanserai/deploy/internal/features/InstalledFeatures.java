package org.caravanserai.deploy.internal.features;

import java.net.URI;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.osgi.framework.BundleContext;
import org.osgi.framework.VersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the features service has, and the change of that for a deployment: in one step. */
final class InstalledFeatures {

  private static final Logger LOG = LoggerFactory.getLogger(InstalledFeatures.class);

  private static final EnumSet<Option> USUAL = EnumSet.noneOf(Option.class);

  private final FeaturesService features;
  private final BundleContext context;

  InstalledFeatures(FeaturesService features, BundleContext context) {
    this.features = features;
    this.context = context;
  }

  /** The line by which a feature is asked for, in this version only. */
  static String requirement(Feature feature) {
    return FeaturesService.ROOT_REGION
        + " feature:"
        + feature.getName()
        + "/"
        + new VersionRange(
            VersionRange.LEFT_CLOSED,
            FeatureVersion.of(feature),
            FeatureVersion.of(feature),
            VersionRange.RIGHT_CLOSED);
  }

  /** What is asked of a service now. */
  static RequestedFeatures asked(FeaturesService features) throws Exception {
    return RequestedFeatures.of(
        Stream.of(features.listRequiredRepositories()).map(Repository::getURI).map(URI::toString),
        Map.copyOf(features.listRequirements()));
  }

  /** What is asked of the service now. */
  RequestedFeatures asked() throws Exception {
    return asked(features);
  }

  /** What is installed: {@code feature NAME VERSION}, {@code bundle NAME VERSION}. */
  SortedSet<String> names() throws Exception {
    return Stream.concat(
            Stream.of(features.listInstalledFeatures())
                .map(each -> "feature " + each.getName() + " " + each.getVersion()),
            Stream.of(context.getBundles())
                .filter(each -> !RevisionLabel.isOf(each))
                .map(each -> "bundle " + each.getSymbolicName() + " " + each.getVersion()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What would be asked of the service with a revision in the place of others. */
  private RequestedFeatures with(List<FeatureFolder> others, RequestedFeatures own)
      throws Exception {
    RequestedFeatures before = RequestedFeatures.NONE;
    for (FeatureFolder each : others) {
      before = before.plus(each.asked());
    }
    return asked().minus(before).plus(own);
  }

  /**
   * Tells whom a revision would restart in the place of others; the service is as before.
   *
   * @throws Exception if it can't be installed
   */
  List<Disturbed> preview(List<FeatureFolder> others, RequestedFeatures own) throws Exception {
    RequestedFeatures now = asked();
    RequestedFeatures then = with(others, own);
    if (now.equals(then)) {
      return List.of();
    }
    Set<String> added = new HashSet<>(then.repositories());
    added.removeAll(now.repositories());
    try {
      RequestedFeatures all =
          new RequestedFeatures(now.plus(then).repositories(), then.requirements());
      ask(Consent.PREVIEW, all);
      return List.of();
    } catch (RefusedChangeException e) {
      return e.disturbed();
    } finally {
      added.forEach(this::removeRepository);
    }
  }

  private void removeRepository(String uri) {
    try {
      features.removeRepository(URI.create(uri), false);
    } catch (Exception e) {
      LOG.warn("The feature repository {} of a trial stays: {}", uri, e.toString());
    }
  }

  /**
   * Puts a revision in the place of others, whoever is restarted.
   *
   * @throws Exception if it can't be; what was there before is there again
   */
  void replace(List<FeatureFolder> others, RequestedFeatures own) throws Exception {
    RequestedFeatures now = asked();
    RequestedFeatures then = with(others, own);
    if (now.equals(then)) {
      return;
    }
    boolean done = false;
    try {
      ask(Consent.FORCED, then);
      done = true;
    } finally {
      if (!done) {
        ask(Consent.FORCED, now);
      }
    }
  }

  private void ask(Consent consent, RequestedFeatures what) throws Exception {
    Set<URI> repositories =
        what.repositories().stream().map(URI::create).collect(Collectors.toSet());
    new FeatureRequest(consent)
        .askAndWait(
            () -> {
              features.updateReposAndRequirements(repositories, what.byRegion(), USUAL.clone());
              return what;
            });
  }
}

package org.caravanserai.deploy.internal.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whom a change of features restarts.
 *
 * <p>A change may remove and replace bundles of the features that come, go or change with it, and
 * restart what else these features consist of. All other bundles are others'; so are the server's
 * own, whatever is done to them.
 */
public final class Disturbance implements Bystanders {

  private static final Logger LOG = LoggerFactory.getLogger(Disturbance.class);

  /** Of locations whose content may change: the features service updates from them by checksum. */
  private static final Pattern CHANGEABLE = Pattern.compile("mvn:.*SNAPSHOT.*|(?!mvn:).*");

  private static final String OURS = "org.caravanserai.";

  private final FeaturesService features;
  private final BundleContext context;
  private final Supplier<HeldServices> services;

  /**
   * Looks at bundles.
   *
   * @param services the services in bundles
   */
  public Disturbance(
      FeaturesService features, BundleContext context, Supplier<HeldServices> services) {
    this.features = features;
    this.context = context;
    this.services = services;
  }

  @Override
  public AutoCloseable hold(FeatureChange change) throws Exception {
    return services.get().hold(closure(change));
  }

  /** All that it restarts or takes away. */
  private Collection<Bundle> closure(FeatureChange change) {
    Set<Bundle> sources = new HashSet<>(change.uninstalled());
    change.stopped().stream().filter(each -> isSource(each, change)).forEach(sources::add);
    FrameworkWiring framework =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    return framework.getDependencyClosure(sources);
  }

  @Override
  public List<Disturbed> disturbed(FeatureChange change) {
    Collection<Bundle> closure = closure(change);
    Set<String> changing = changing(change);
    List<Disturbed> found = new ArrayList<>();
    for (Bundle each : closure) {
      if (isRunning(each) && (isOurs(each) || !isOfChange(each, change, changing))) {
        found.add(disturbed(each, change, closure));
      }
    }
    found.sort(Comparator.comparing(Disturbed::name).thenComparing(Disturbed::id));
    return found;
  }

  @Override
  public List<String> changes(FeatureChange change) {
    List<String> lines = new ArrayList<>();
    change.resolution().ifPresent(then -> featureChanges(then, lines));
    change
        .resolution()
        .ifPresent(
            then ->
                then.comingBesides(context.getBundles())
                    .forEach(each -> lines.add("bundle " + each + " installed")));
    change.uninstalled().forEach(each -> lines.add(bundle(each) + " uninstalled"));
    change.stopped().stream()
        .filter(each -> !change.uninstalled().contains(each))
        .forEach(each -> lines.add(bundle(each) + " restarted"));
    return lines;
  }

  /** The resolver also has features that only stand for conditions; nobody knows these by name. */
  private void featureChanges(Resolution then, List<String> lines) {
    SortedSet<String> before = names(installed());
    SortedSet<String> after = names(known());
    after.retainAll(then.features());
    after.stream()
        .filter(each -> !before.contains(each))
        .forEach(each -> lines.add("feature " + each.replace('/', ' ') + " installed"));
    before.stream()
        .filter(each -> !after.contains(each))
        .forEach(each -> lines.add("feature " + each.replace('/', ' ') + " uninstalled"));
  }

  private static SortedSet<String> names(Feature[] some) {
    SortedSet<String> names = new TreeSet<>();
    for (Feature each : some) {
      names.add(each.getName() + "/" + FeatureVersion.of(each));
    }
    return names;
  }

  private Feature[] known() {
    try {
      return features.listFeatures();
    } catch (Exception e) {
      LOG.warn("The features are not known: {}", e.toString());
      return new Feature[0];
    }
  }

  private static String bundle(Bundle bundle) {
    return "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /** Whether more than a stop, as for {@code feature:stop}, is to be done to it. */
  private static boolean isSource(Bundle bundle, FeatureChange change) {
    Optional<Resolution> then = change.resolution();
    return then.isEmpty()
        || isReplaced(bundle, change, then.get())
        || then.get().rewired(bundle).isPresent();
  }

  /** By another version; or by another content, if nothing else explains why it is stopped. */
  private static boolean isReplaced(Bundle bundle, FeatureChange change, Resolution then) {
    if (then.replacement(bundle).isPresent()) {
      return true;
    }
    return CHANGEABLE.matcher(String.valueOf(bundle.getLocation())).matches()
        && then.rewired(bundle).isEmpty()
        && provider(bundle, change.stopped()).isEmpty()
        && provider(bundle, change.uninstalled()).isEmpty();
  }

  private static boolean isRunning(Bundle bundle) {
    return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0
        && (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0;
  }

  private static boolean isOurs(Bundle bundle) {
    return String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
  }

  private boolean isOfChange(Bundle bundle, FeatureChange change, Set<String> changing) {
    if (change.uninstalled().contains(bundle)) {
      return true;
    }
    Optional<Resolution> then = change.resolution();
    if (then.isPresent()
        && change.stopped().contains(bundle)
        && isReplaced(bundle, change, then.get())) {
      return true;
    }
    Set<String> owners = owners(bundle);
    return !owners.isEmpty() && changing.containsAll(owners);
  }

  /** The names of features that come or go, in some version. */
  private Set<String> changing(FeatureChange change) {
    Set<String> names = new HashSet<>();
    if (change.resolution().isPresent()) {
      Set<String> then = new HashSet<>(change.resolution().get().features());
      for (Feature each : installed()) {
        if (!then.remove(each.getName() + "/" + FeatureVersion.of(each))) {
          names.add(each.getName());
        }
      }
      then.forEach(each -> names.add(each.substring(0, each.lastIndexOf('/'))));
    }
    return names;
  }

  private Set<String> owners(Bundle bundle) {
    Set<String> owners = new HashSet<>();
    for (Feature each : installed()) {
      for (BundleInfo info : each.getBundles()) {
        if (Objects.equals(info.getLocation(), bundle.getLocation())) {
          owners.add(each.getName());
        }
      }
    }
    return owners;
  }

  private Feature[] installed() {
    try {
      return features.listInstalledFeatures();
    } catch (Exception e) {
      LOG.warn("The installed features are not known: {}", e.toString());
      return new Feature[0];
    }
  }

  private Disturbed disturbed(Bundle bundle, FeatureChange change, Collection<Bundle> closure) {
    return new Disturbed(
        bundle.getBundleId(),
        String.valueOf(bundle.getSymbolicName()),
        String.valueOf(bundle.getVersion()),
        why(bundle, change, closure),
        services.get().names(bundle));
  }

  private static String why(Bundle bundle, FeatureChange change, Collection<Bundle> closure) {
    if (change.uninstalled().contains(bundle)) {
      return "is uninstalled";
    }
    Optional<Resolution> then = change.resolution();
    if (then.isPresent() && change.stopped().contains(bundle)) {
      Optional<String> replaced =
          then.get().replacement(bundle).map(version -> "is replaced by " + version);
      Optional<String> why =
          replaced.or(() -> then.get().rewired(bundle).map(other -> "would be wired to " + other));
      if (why.isPresent()) {
        return why.get();
      }
    }
    return provider(bundle, closure)
        .map(other -> "is wired to " + other.getSymbolicName() + " " + other.getVersion())
        .orElse("is updated");
  }

  private static Optional<Bundle> provider(Bundle bundle, Collection<Bundle> closure) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring == null
        ? Optional.empty()
        : wiring.getRequiredWires(null).stream()
            .map(BundleWire::getProvider)
            .map(BundleRevision::getBundle)
            .filter(other -> !other.equals(bundle) && closure.contains(other))
            .findFirst();
  }
}

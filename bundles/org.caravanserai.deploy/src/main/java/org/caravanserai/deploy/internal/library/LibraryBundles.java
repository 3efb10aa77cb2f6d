package org.caravanserai.deploy.internal.library;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles of libraries as the framework has them. */
final class LibraryBundles {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryBundles.class);

  /** The package in the filter of a requirement. */
  private static final Pattern PACKAGE =
      Pattern.compile(Pattern.quote(PackageNamespace.PACKAGE_NAMESPACE) + "=([^)]*)");

  private final BundleContext context;
  private final FrameworkWiring framework;

  LibraryBundles(BundleContext context) {
    this.context = context;
    this.framework =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** All that there are, whoever left them. */
  List<Bundle> all() {
    return Stream.of(context.getBundles()).filter(LibraryLocation::isOf).toList();
  }

  /**
   * Installs one, or finds it.
   *
   * @throws IOException if the framework does not take it
   */
  Bundle install(String location, InputStream content) throws IOException {
    try (content) {
      Bundle bundle = context.installBundle(location, content);
      // While the framework climbs, a bundle above our level could not start.
      int own = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
      BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
      if (own > 0 && level.getStartLevel() > own) {
        level.setStartLevel(own);
      }
      return bundle;
    } catch (BundleException e) {
      throw new IOException("can't be installed: " + e.getMessage(), e);
    }
  }

  /** Resolves them, all at once. */
  void resolve(Collection<Bundle> bundles) {
    framework.resolveBundles(bundles);
  }

  /** Starts one, and tells why it can't be used; nothing if it can. */
  List<String> problems(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
      return List.of();
    } catch (BundleException | IllegalStateException e) {
      List<String> missing = isResolved(bundle) ? List.of() : missing(bundle);
      return missing.isEmpty() ? List.of(String.valueOf(e.getMessage())) : missing;
    }
  }

  static boolean isResolved(Bundle bundle) {
    return (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0;
  }

  private List<String> missing(Bundle bundle) {
    List<String> missing = new ArrayList<>();
    for (BundleRequirement each :
        bundle
            .adapt(BundleRevision.class)
            .getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)) {
      boolean optional =
          PackageNamespace.RESOLUTION_OPTIONAL.equals(
              each.getDirectives().get(PackageNamespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
      if (!optional && framework.findProviders(each).isEmpty()) {
        String filter =
            each.getDirectives().getOrDefault(PackageNamespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        Matcher named = PACKAGE.matcher(filter);
        missing.add(
            "package "
                + (named.find() ? named.group(1) : "")
                + " is missing: no bundle and no library exports "
                + filter);
      }
    }
    return missing;
  }

  /**
   * Those of the bundles that would be wired otherwise if they came now, and those which are wired
   * to such.
   */
  List<Bundle> outdated(Collection<Bundle> offered) {
    List<Bundle> outdated =
        new ArrayList<>(offered.stream().filter(each -> isOutdated(each, offered)).toList());
    boolean more = true;
    while (more) {
      List<Bundle> above =
          offered.stream()
              .filter(each -> !outdated.contains(each))
              .filter(each -> providers(each).anyMatch(outdated::contains))
              .toList();
      outdated.addAll(above);
      more = !above.isEmpty();
    }
    return outdated;
  }

  private boolean isOutdated(Bundle bundle, Collection<Bundle> offered) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return false;
    }
    Map<BundleRequirement, BundleCapability> wired =
        wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
            .collect(
                Collectors.toMap(
                    BundleWire::getRequirement, BundleWire::getCapability, (a, b) -> a));
    List<Object> own =
        bundle
            .adapt(BundleRevision.class)
            .getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
            .stream()
            .map(LibraryBundles::packageOf)
            .toList();
    for (BundleRequirement each :
        bundle
            .adapt(BundleRevision.class)
            .getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)) {
      Optional<BundleCapability> best =
          framework.findProviders(each).stream()
              .filter(found -> offered.contains(found.getRevision().getBundle()))
              .filter(found -> !own.contains(packageOf(found)))
              .max((a, b) -> versionOf(a).compareTo(versionOf(b)));
      if (best.isPresent() && isBetter(best.get(), Optional.ofNullable(wired.get(each)), offered)) {
        return true;
      }
    }
    return false;
  }

  /** Than a library that is not offered any more, or has a lower version; or than nothing. */
  private static boolean isBetter(
      BundleCapability best, Optional<BundleCapability> present, Collection<Bundle> offered) {
    return present
        .map(
            wired -> {
              Bundle provider = wired.getRevision().getBundle();
              return versionOf(best).compareTo(versionOf(wired)) > 0
                  || (LibraryLocation.isOf(provider) && !offered.contains(provider));
            })
        .orElse(true);
  }

  private static Object packageOf(BundleCapability capability) {
    return capability.getAttributes().getOrDefault(PackageNamespace.PACKAGE_NAMESPACE, "");
  }

  private static Version versionOf(BundleCapability capability) {
    Object version = capability.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
    return version instanceof Version known ? known : Version.emptyVersion;
  }

  /** The bundles that one is wired to. */
  static Stream<Bundle> providers(Bundle bundle) {
    return wires(bundle, wiring -> wiring.getRequiredWires(null))
        .map(each -> each.getProvider().getBundle());
  }

  /** Whether a bundle is wired to it. */
  static boolean isUsed(Bundle bundle) {
    return wires(bundle, wiring -> wiring.getProvidedWires(null))
        .anyMatch(each -> !each.getRequirer().getBundle().equals(bundle));
  }

  private static Stream<BundleWire> wires(
      Bundle bundle, Function<BundleWiring, List<BundleWire>> which) {
    return Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(which).stream()
        .flatMap(List::stream);
  }

  /** Uninstalls one; that it can't be is only said in the log. */
  static void uninstall(Bundle bundle) {
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("Library {} can't be uninstalled: {}", bundle, e.getMessage());
    }
  }
}

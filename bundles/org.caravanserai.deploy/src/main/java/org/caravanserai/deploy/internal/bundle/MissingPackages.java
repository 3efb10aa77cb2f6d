package org.caravanserai.deploy.internal.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Why a bundle can't be resolved: what it requires and nobody provides, and who comes near. */
final class MissingPackages {

  private static final Pattern NAME =
      Pattern.compile(
          "\\(" + PackageNamespace.PACKAGE_NAMESPACE.replace(".", "\\.") + "=([^)]+)\\)");

  private final BundleContext context;

  MissingPackages(BundleContext context) {
    this.context = context;
  }

  /** What a bundle lacks. */
  List<Diagnostic> of(String fileName, Bundle bundle) {
    List<Diagnostic> found = new ArrayList<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleRequirement each : revision.getDeclaredRequirements(null)) {
        boolean optional =
            Namespace.RESOLUTION_OPTIONAL.equals(
                each.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
        String effective = each.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        boolean resolving = effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE);
        if (!optional && resolving && !isProvided(each)) {
          found.add(Diagnostic.error(fileName, 0, 0, words(each)));
        }
      }
    }
    if (found.isEmpty()) {
      found.add(
          Diagnostic.error(
              fileName,
              0,
              0,
              "can't be resolved: what it imports is there, but not in one consistent set"));
    }
    return found;
  }

  private boolean isProvided(BundleRequirement requirement) {
    return Arrays.stream(context.getBundles())
        .map(each -> each.adapt(BundleRevision.class))
        .filter(each -> each != null)
        .flatMap(each -> each.getDeclaredCapabilities(requirement.getNamespace()).stream())
        .anyMatch(requirement::matches);
  }

  private String words(BundleRequirement requirement) {
    String filter =
        String.valueOf(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE));
    if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
      return requirement.getNamespace() + " " + filter + " is required, and nobody provides it";
    }
    String near = near(filter);
    Matcher named = NAME.matcher(filter);
    return "package "
        + (named.find() ? named.group(1) : filter)
        + (filter.contains("version") ? " " + filter : "")
        + " is imported, and no bundle exports it"
        + (near.isEmpty()
            ? "; install a library, bundle or feature that does first"
            : " in that version; there is " + near);
  }

  /** Who exports that package in another version. */
  private String near(String filter) {
    return Arrays.stream(context.getBundles())
        .map(each -> each.adapt(BundleRevision.class))
        .filter(each -> each != null)
        .flatMap(each -> each.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
        .filter(each -> isMeant(filter, each))
        .map(
            each ->
                each.getAttributes().get(Constants.VERSION_ATTRIBUTE)
                    + " of "
                    + each.getRevision().getSymbolicName())
        .distinct()
        .limit(5)
        .collect(Collectors.joining(", "));
  }

  private static boolean isMeant(String filter, BundleCapability exported) {
    String name = String.valueOf(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
    return filter.contains("(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")");
  }
}

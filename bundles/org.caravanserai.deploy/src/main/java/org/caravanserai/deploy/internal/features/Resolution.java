package org.caravanserai.deploy.internal.features;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;

/** Which bundles and features there will be after a change of features, and how they are wired. */
final class Resolution {

  private static final String FEATURE = "karaf.feature";

  /**
   * Of these a difference means that a bundle is wired anew; services come and go by themselves.
   */
  private static final Set<String> NAMESPACES =
      Set.of(
          PackageNamespace.PACKAGE_NAMESPACE,
          BundleNamespace.BUNDLE_NAMESPACE,
          HostNamespace.HOST_NAMESPACE);

  private final Map<Identity, Resource> bundles = new HashMap<>();
  private final Map<String, NavigableSet<Version>> versions = new HashMap<>();
  private final Set<String> features = new HashSet<>();
  private final Map<Resource, List<Wire>> wiring;

  /** A bundle's name and version. */
  private record Identity(String name, Version version) {

    static Identity of(Bundle bundle) {
      return new Identity(String.valueOf(bundle.getSymbolicName()), bundle.getVersion());
    }
  }

  /** Takes what the resolver found. */
  Resolution(Map<Resource, List<Wire>> wiring) {
    this.wiring = wiring;
    for (Resource each : wiring.keySet()) {
      for (Capability identity : each.getCapabilities(IdentityNamespace.IDENTITY_NAMESPACE)) {
        add(each, identity.getAttributes());
      }
    }
  }

  private void add(Resource resource, Map<String, Object> identity) {
    String name = String.valueOf(identity.get(IdentityNamespace.IDENTITY_NAMESPACE));
    Object version = identity.get(IdentityNamespace.CAPABILITY_VERSION_ATTRIBUTE);
    Version known = version instanceof Version given ? given : Version.emptyVersion;
    if (FEATURE.equals(identity.get(IdentityNamespace.CAPABILITY_TYPE_ATTRIBUTE))) {
      features.add(name + "/" + known);
    } else {
      bundles.put(new Identity(name, known), resource);
      versions.computeIfAbsent(name, each -> new TreeSet<>()).add(known);
    }
  }

  /** The features, as {@code name/version}. */
  Set<String> features() {
    return features;
  }

  /** Those of the bundles that are none of these, as {@code name version}. */
  SortedSet<String> comingBesides(Bundle[] known) {
    Set<Identity> there = new HashSet<>();
    for (Bundle each : known) {
      there.add(Identity.of(each));
    }
    SortedSet<String> coming = new TreeSet<>();
    for (Identity each : bundles.keySet()) {
      if (!there.contains(each)) {
        coming.add(each.name() + " " + each.version());
      }
    }
    return coming;
  }

  /** The version that takes the place of a bundle which will not be there any more. */
  Optional<Version> replacement(Bundle bundle) {
    if (bundles.containsKey(Identity.of(bundle))) {
      return Optional.empty();
    }
    return Optional.ofNullable(versions.get(String.valueOf(bundle.getSymbolicName())))
        .map(NavigableSet::last);
  }

  /** A bundle to which one will be wired, or that will be attached to it, and is not so now. */
  Optional<String> rewired(Bundle bundle) {
    BundleWiring now = bundle.adapt(BundleWiring.class);
    Resource then = bundles.get(Identity.of(bundle));
    if (now == null || then == null) {
      return Optional.empty();
    }
    Set<Identity> known = new HashSet<>();
    known.add(Identity.of(bundle));
    for (BundleWire wire : now.getRequiredWires(null)) {
      known.add(Identity.of(wire.getProvider().getBundle()));
    }
    for (BundleWire wire : now.getProvidedWires(HostNamespace.HOST_NAMESPACE)) {
      known.add(Identity.of(wire.getRequirer().getBundle()));
    }
    Optional<Identity> provider =
        wiring.getOrDefault(then, List.of()).stream()
            .filter(wire -> NAMESPACES.contains(wire.getRequirement().getNamespace()))
            .map(wire -> identity(wire.getProvider()))
            .flatMap(Optional::stream)
            .filter(each -> !known.contains(each))
            .findFirst();
    return provider
        .or(() -> newFragment(then, known))
        .map(each -> each.name() + " " + each.version());
  }

  private Optional<Identity> newFragment(Resource host, Set<Identity> known) {
    return wiring.values().stream()
        .flatMap(Collection::stream)
        .filter(
            wire ->
                HostNamespace.HOST_NAMESPACE.equals(wire.getCapability().getNamespace())
                    && wire.getProvider().equals(host))
        .map(wire -> identity(wire.getRequirer()))
        .flatMap(Optional::stream)
        .filter(each -> !known.contains(each))
        .findFirst();
  }

  private static Optional<Identity> identity(Resource resource) {
    if (resource instanceof BundleRevision revision) {
      return Optional.of(
          new Identity(Objects.toString(revision.getSymbolicName(), ""), revision.getVersion()));
    }
    return resource.getCapabilities(IdentityNamespace.IDENTITY_NAMESPACE).stream()
        .map(Capability::getAttributes)
        .filter(
            each ->
                IdentityNamespace.TYPE_BUNDLE.equals(
                        each.get(IdentityNamespace.CAPABILITY_TYPE_ATTRIBUTE))
                    || IdentityNamespace.TYPE_FRAGMENT.equals(
                        each.get(IdentityNamespace.CAPABILITY_TYPE_ATTRIBUTE)))
        .map(
            each ->
                new Identity(
                    String.valueOf(each.get(IdentityNamespace.IDENTITY_NAMESPACE)),
                    each.get(IdentityNamespace.CAPABILITY_VERSION_ATTRIBUTE)
                            instanceof Version given
                        ? given
                        : Version.emptyVersion))
        .findFirst();
  }
}

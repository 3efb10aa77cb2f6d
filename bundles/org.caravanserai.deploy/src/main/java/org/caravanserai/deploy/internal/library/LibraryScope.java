package org.caravanserai.deploy.internal.library;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.deploy.internal.install.SharedLibraries;
import org.caravanserai.deploy.internal.install.SharedLibraries.Mark;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Says whom the framework may wire to a library (OSGi Core R8, chapter 57): a revision to the one
 * that it was compiled against, a library to those which are offered, and other bundles only to
 * packages that nobody else has, so that no library comes into the server itself.
 */
final class LibraryScope implements ResolverHookFactory, ResolverHook {

  private final Libraries libraries;

  LibraryScope(Libraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public ResolverHook begin(Collection<BundleRevision> triggers) {
    return this;
  }

  @Override
  public void filterMatches(
      BundleRequirement requirement, Collection<BundleCapability> candidates) {
    if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
        || candidates.stream().allMatch(each -> libraryOf(each).isEmpty())) {
      return;
    }
    Bundle requirer = requirement.getRevision().getBundle();
    if (RevisionLabel.isOf(requirer)) {
      String pin = requirement.getDirectives().getOrDefault(SharedLibraries.PIN, "");
      candidates.removeIf(each -> !libraryOf(each).map(Mark::sha256).orElse("").equals(pin));
    } else if (libraries.of(requirer).isPresent()) {
      // A package that it has itself must not be another version's from then on.
      prefer(each -> each.getRevision().getBundle().equals(requirer), candidates);
    } else {
      prefer(each -> libraryOf(each).isEmpty(), candidates);
    }
    prefer(each -> libraries.isNewest(each.getRevision().getBundle()), candidates);
  }

  private static void prefer(
      Predicate<BundleCapability> which, Collection<BundleCapability> candidates) {
    if (candidates.stream().anyMatch(which)) {
      candidates.removeIf(which.negate());
    }
  }

  private Optional<Mark> libraryOf(BundleCapability capability) {
    return libraries.of(capability.getRevision().getBundle());
  }

  @Override
  public void filterResolvable(Collection<BundleRevision> candidates) {
    // Whatever can be resolved may be.
  }

  @Override
  public void filterSingletonCollisions(
      BundleCapability singleton, Collection<BundleCapability> collisions) {
    // Versions of a library live beside each other.
    if (libraries.of(singleton.getRevision().getBundle()).isPresent()) {
      collisions.removeIf(each -> libraryOf(each).isPresent());
    }
  }

  @Override
  public void end() {
    // Nothing is kept between questions.
  }
}

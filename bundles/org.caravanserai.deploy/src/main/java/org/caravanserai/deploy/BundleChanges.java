package org.caravanserai.deploy;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Changes of ordinary bundles by hand, at no call's cost: services in them, and in those which are
 * restarted with them, let nobody in any more, end what they are at, and are held up meanwhile.
 */
@ProviderType
public interface BundleChanges {

  /**
   * The bundles that are restarted with others because they are wired to them.
   *
   * @param changed the others; none for all that wait for a refresh
   */
  List<AffectedBundle> affected(Collection<Bundle> changed);

  /** The deployment that has a bundle for its place; empty if the bundle is none's. */
  Optional<String> deployment(Bundle bundle);

  /**
   * Gives a bundle another content. Those that are wired to it go on with what they have until it
   * is refreshed.
   *
   * @param content a jar, which is closed
   * @param refresh whether those wired to it get the new content too
   * @throws BundleException if it can't be, or services don't come to their end in time; nothing
   *     has changed in that case
   */
  void update(Bundle bundle, InputStream content, boolean refresh) throws BundleException;

  /**
   * Wires bundles anew, and those wired to them, and waits for it.
   *
   * @param bundles the bundles; none for all that wait for it
   * @throws BundleException if services don't come to their end in time; nothing has changed
   */
  void refresh(Collection<Bundle> bundles) throws BundleException;
}

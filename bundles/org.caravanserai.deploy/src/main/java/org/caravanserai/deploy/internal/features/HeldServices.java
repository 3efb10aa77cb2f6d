package org.caravanserai.deploy.internal.features;

import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;

/** The services in bundles, which are held up while these are changed. */
public interface HeldServices {

  /** None. */
  HeldServices NONE =
      new HeldServices() {
        @Override
        public List<String> names(Bundle bundle) {
          return List.of();
        }

        @Override
        public AutoCloseable hold(Collection<Bundle> bundles) {
          return () -> {};
        }
      };

  /** The names of the services in a bundle. */
  List<String> names(Bundle bundle);

  /**
   * Lets nobody into the services in bundles any more, until that is closed; calls wait meanwhile.
   *
   * @throws Exception if those inside don't come to their end; then all is as before
   */
  AutoCloseable hold(Collection<Bundle> bundles) throws Exception;
}

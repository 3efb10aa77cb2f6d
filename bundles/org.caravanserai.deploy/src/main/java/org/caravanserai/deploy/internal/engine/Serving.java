package org.caravanserai.deploy.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.ServiceRevision;

/**
 * What a revision serves.
 *
 * @param services its services, and the entrances of its content
 * @param content what is live of it otherwise; empty if it has services only
 */
record Serving(List<ServiceRevision> services, Optional<LiveContent> content) {

  /** Nothing. */
  static final Serving NONE = new Serving(List.of(), Optional.empty());

  /** Services, and content with its entrances. */
  static Serving of(List<ServiceRevision> services, Optional<LiveContent> content) {
    List<ServiceRevision> all = new ArrayList<>(services);
    content.ifPresent(live -> all.addAll(live.services()));
    return new Serving(List.copyOf(all), content);
  }

  boolean isNothing() {
    return services.isEmpty() && content.isEmpty();
  }
}

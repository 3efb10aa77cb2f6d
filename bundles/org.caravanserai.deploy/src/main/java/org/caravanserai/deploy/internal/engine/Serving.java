package org.caravanserai.deploy.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
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

  /** What of it can't be made beside what is live. */
  Optional<InPlaceContent> inPlace() {
    return content.filter(InPlaceContent.class::isInstance).map(InPlaceContent.class::cast);
  }

  /** The bundles of others that are restarted when it goes live. */
  List<AffectedBundle> affected() {
    return inPlace().map(InPlaceContent::affected).orElse(List.of());
  }

  /** What entering did beside services, in words. */
  List<String> changes() {
    return inPlace().map(InPlaceContent::changes).orElse(List.of());
  }

  /** Takes its place, if it can't be made beside what is live. */
  void enter() throws RejectedException {
    if (inPlace().isPresent()) {
      try {
        inPlace().get().enter();
      } catch (ContentRefusedException e) {
        throw new RejectedException(Stage.valueOf(e.stage().name()), e.diagnostics());
      }
    }
  }

  boolean isNothing() {
    return services.isEmpty() && content.isEmpty();
  }
}

package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.AffectedBundle;

/** Says that a revision would restart bundles of others, which nobody asked for. */
final class DisturbingException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<AffectedBundle> affected;

  DisturbingException(List<AffectedBundle> affected) {
    super("would restart " + affected, null, false, false);
    this.affected = List.copyOf(affected);
  }

  List<AffectedBundle> affected() {
    return affected;
  }
}

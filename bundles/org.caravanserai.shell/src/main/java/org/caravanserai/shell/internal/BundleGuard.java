package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.caravanserai.deploy.AffectedBundle;

/** The refusal to disturb bundles that nobody named. */
final class BundleGuard {

  private BundleGuard() {}

  /**
   * Refuses, unless it is forced or there are none.
   *
   * @param why what becomes of them, in words that follow "these bundles"
   */
  static void check(List<AffectedBundle> affected, boolean force, String why) {
    if (!force && !affected.isEmpty()) {
      throw new IllegalStateException(
          "Nothing was done: these bundles "
              + why
              + ":\n"
              + affected.stream().map(each -> "  " + each).collect(Collectors.joining("\n"))
              + "\nCalls of their services would be held up meanwhile, without loss."
              + " To go on, add --force.");
    }
  }
}

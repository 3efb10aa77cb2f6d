package org.caravanserai.deploy.internal.features;

import java.util.List;
import java.util.stream.Collectors;

/** Says whom a change of features would have restarted, or would; nothing has changed. */
public final class RefusedChangeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Disturbed> disturbed;
  private final transient List<String> changes;

  RefusedChangeException(List<Disturbed> disturbed, List<String> changes) {
    super(message(disturbed), null, false, false);
    this.disturbed = List.copyOf(disturbed);
    this.changes = List.copyOf(changes);
  }

  private static String message(List<Disturbed> disturbed) {
    return disturbed.stream()
        .map(each -> "\n  " + each)
        .collect(
            Collectors.joining(
                "",
                "refused, for it would restart what others use:",
                "\nNothing has changed. To go on all the same: serai:force 'COMMAND'"));
  }

  /** Says nothing: Karaf prints what it catches, and this is an answer. */
  @Override
  public void printStackTrace() {}

  /** The bundles, in the order of their names. */
  public List<Disturbed> disturbed() {
    return disturbed;
  }

  /** What else it would have done, a line each; only if it was to be seen. */
  public List<String> changes() {
    return changes;
  }
}

package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.management.ReadOnlyAnswer;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.ReadOnlyState;
import org.jspecify.annotations.Nullable;

/** Makes the whole server read-only, ends that, or tells whether it is. */
@Service
@Command(
    scope = "serai",
    name = "read-only",
    description =
        "Refuses every change of the server until that is ended, or tells whether it does",
    detailedDescription = "Example: serai:read-only on 'year-end closing, ask Ada'")
public final class ReadOnlyCommand extends DataCommand {

  @Argument(name = "switch", description = "on or off; nothing tells how it is")
  @Completion(
      value = StringsCompleter.class,
      values = {"on", "off"})
  private @Nullable String wanted;

  @Argument(index = 1, name = "reason", description = "Why, for all to read; needed for on")
  private @Nullable String reason;

  @Reference private ReadOnly readOnly;

  @Override
  public @Nullable Object execute() {
    if (wanted != null) {
      change(wanted);
    }
    tell(
        ReadOnlyAnswer.of(readOnly),
        () ->
            say(readOnly.state().map(ReadOnlyState::words).orElse("The server is not read-only")));
    return null;
  }

  private void change(String to) {
    switch (to) {
      case "on" ->
          readOnly.begin(String.valueOf(session().get("USER")), reason == null ? "" : reason);
      case "off" -> readOnly.end();
      default -> throw new IllegalArgumentException("on or off, not " + to);
    }
  }
}

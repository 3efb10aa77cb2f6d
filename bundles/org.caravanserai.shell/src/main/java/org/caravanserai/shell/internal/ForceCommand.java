package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.deploy.Insistence;
import org.jspecify.annotations.Nullable;

/** Runs a command that was refused because it restarts bundles that others use. */
@Service
@Command(
    scope = "serai",
    name = "force",
    description = "Runs a command although it restarts bundles that others use",
    detailedDescription = "Example: serai:force 'feature:install NAME'")
public final class ForceCommand implements Action {

  /** A word, or what stands between quotes. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @Argument(
      name = "command",
      description = "The command, in quotes: 'feature:install NAME'",
      required = true)
  private String command = "";

  @Reference private Insistence insistence;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws Exception {
    List<Object> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(
          Stream.of(1, 2, 3).map(matcher::group).filter(Objects::nonNull).findFirst().orElse(""));
    }
    String name = words.isEmpty() ? "" : words.remove(0).toString();
    int colon = name.indexOf(':');
    org.apache.karaf.shell.api.console.Command found =
        session
            .getRegistry()
            .getCommand(name.substring(0, Math.max(0, colon)), name.substring(colon + 1));
    if (found == null) {
      throw new IllegalArgumentException("There is no command " + name + "; write SCOPE:NAME");
    }
    // Not by a line of the session: it would run on another thread.
    return insistence.insist(() -> found.execute(session, words));
  }
}

package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.security.ReadOnly;

/** A command that is refused, if it changes something, while the server is read-only. */
final class GuardedCommand implements Command {

  private final Command command;
  private final ReadOnly readOnly;

  GuardedCommand(Command command, ReadOnly readOnly) {
    this.command = command;
    this.readOnly = readOnly;
  }

  /** What it stands for. */
  Command command() {
    return command;
  }

  @Override
  public String getScope() {
    return command.getScope();
  }

  @Override
  public String getName() {
    return command.getName();
  }

  @Override
  public String getDescription() {
    return command.getDescription();
  }

  @Override
  public Completer getCompleter(boolean scoped) {
    return command.getCompleter(scoped);
  }

  @Override
  public Parser getParser() {
    return command.getParser();
  }

  @Override
  public Object execute(Session session, List<Object> arguments) throws Exception {
    if (!arguments.contains("--help")) {
      readOnly.check(CommandRules.operation(getScope(), getName(), arguments));
    }
    return command.execute(session, arguments);
  }
}

package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/**
 * A line that says what goes on, while it goes on, to who sits at a terminal. Scripts and JSON get
 * nothing of it.
 */
final class Progress implements AutoCloseable {

  private final Session session;
  private final boolean isSeen;
  private int length;

  private Progress(Session session, boolean isSeen) {
    this.session = session;
    this.isSeen = isSeen;
  }

  /** The progress of a command. */
  static Progress of(DataCommand command) {
    Terminal terminal = command.session().getTerminal();
    return new Progress(command.session(), terminal != null && !command.isJson());
  }

  /** Says what goes on now, in the place of what was said before. */
  void say(String words) {
    if (isSeen) {
      clear();
      session.getConsole().print(words);
      session.getConsole().flush();
      length = words.length();
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (isSeen) {
      clear();
      session.getConsole().flush();
    }
  }

  private void clear() {
    session.getConsole().print("\r" + " ".repeat(length) + "\r");
    length = 0;
  }
}

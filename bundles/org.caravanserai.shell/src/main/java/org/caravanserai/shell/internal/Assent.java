package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.Locale;
import org.apache.karaf.shell.api.console.Session;

/** Asks before something is done that can't be undone. */
final class Assent {

  private Assent() {}

  /**
   * Whether it is to be done.
   *
   * @param isGiven whether that was said beforehand, by {@code --yes}
   * @param question what would be done
   * @throws IllegalArgumentException if nobody is there to be asked
   */
  static boolean to(Session session, boolean isGiven, String question) throws IOException {
    if (isGiven) {
      return true;
    }
    String typed =
        session.getTerminal() == null ? null : session.readLine(question + " (yes/no) ", null);
    if (typed == null) {
      throw new IllegalArgumentException("there is no terminal here to ask: say --yes");
    }
    String answer = typed.strip().toLowerCase(Locale.ROOT);
    return answer.equals("yes") || answer.equals("y");
  }
}

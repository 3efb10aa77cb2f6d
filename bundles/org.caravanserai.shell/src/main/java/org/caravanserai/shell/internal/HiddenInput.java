package org.caravanserai.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/**
 * What must not be an argument, because it would stand in the shell's history and in the list of
 * processes: it is typed without an echo, or read from a file.
 */
final class HiddenInput {

  private HiddenInput() {}

  /**
   * Reads it.
   *
   * @param prompt what is asked
   * @param file the file that holds it, whose last line's end is cut off; {@code null} to ask
   */
  static String read(Session session, String prompt, @Nullable String file) throws IOException {
    if (file != null) {
      String content = Files.readString(SourceLocation.file(file, session));
      return content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
    }
    String typed = session.getTerminal() == null ? null : session.readLine(prompt, '*');
    if (typed == null) {
      throw new IllegalArgumentException("there is no terminal here: give it by --file");
    }
    return typed;
  }
}

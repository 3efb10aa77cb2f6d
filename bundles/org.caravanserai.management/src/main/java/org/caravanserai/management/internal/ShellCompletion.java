package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** How a line of the shell could go on, by the completers of the commands themselves. */
final class ShellCompletion {

  private static final int MOST = 500;

  private ShellCompletion() {}

  /**
   * Completes the last word of a line.
   *
   * @param line the line up to the cursor
   * @param withArguments whether not only the names of commands are completed
   */
  static Answer of(Session session, String line, boolean withArguments) {
    int begin = Math.max(line.lastIndexOf('|'), line.lastIndexOf(';')) + 1;
    while (begin < line.length() && line.charAt(begin) == ' ') {
      begin++;
    }
    String command = line.substring(begin);
    int word = command.lastIndexOf(' ') + 1;
    if (word == 0) {
      return new Answer(begin, names(session, command));
    }
    return new Answer(begin + word, withArguments ? arguments(session, command, word) : List.of());
  }

  /** A name is found by its scope or without it: {@code bundle:li}, {@code li}. */
  private static List<Item> names(Session session, String typed) {
    Map<String, Item> items = new TreeMap<>();
    for (Command each : session.getRegistry().getCommands()) {
      String name = each.getScope() + ":" + each.getName();
      if (!each.getScope().equals("*")
          && (name.startsWith(typed) || each.getName().startsWith(typed))) {
        String description = each.getDescription();
        items.put(name, new Item(name, description == null ? "" : description));
      }
    }
    return items.values().stream().limit(MOST).toList();
  }

  private static List<Item> arguments(Session session, String command, int word) {
    String name = command.substring(0, command.indexOf(' '));
    String typed = command.substring(word);
    String[] words = command.split(" +", -1);
    CommandLine line =
        new CommandLineImpl(words, words.length - 1, typed.length(), command.length(), command);
    Map<String, Item> items = new TreeMap<>();
    for (Command each : session.getRegistry().getCommands()) {
      boolean isMeant =
          name.equals(each.getScope() + ":" + each.getName()) || name.equals(each.getName());
      Completer completer = isMeant ? each.getCompleter(false) : null;
      if (completer != null) {
        List<Candidate> found = new ArrayList<>();
        completer.completeCandidates(session, line, found);
        for (Candidate candidate : found) {
          String value = candidate.value().strip();
          if (value.startsWith(typed)) {
            items.put(value, new Item(value, candidate.descr() == null ? "" : candidate.descr()));
          }
        }
      }
    }
    return items.values().stream().limit(MOST).toList();
  }

  /**
   * What may stand at the end of the line.
   *
   * @param from where in the line the word begins that is replaced
   * @param items the words
   */
  record Answer(int from, List<Item> items) {}

  /** A word, and what it means if somebody has said it. */
  record Item(String text, String description) {}
}

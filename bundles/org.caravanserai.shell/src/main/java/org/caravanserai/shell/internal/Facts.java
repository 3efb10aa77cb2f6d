package org.caravanserai.shell.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;

/** What is known of one thing: a line for each fact, the names in one column. */
final class Facts {

  private final Map<String, String> facts = new LinkedHashMap<>();

  /** The same with a fact; without it if there is nothing to say. */
  Facts with(String name, Object value) {
    Object present =
        value instanceof Optional<?> optional ? optional.map(Object.class::cast).orElse("") : value;
    String text =
        present instanceof Collection<?> many
            ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
            : String.valueOf(present);
    if (!text.isEmpty()) {
      facts.put(name, text);
    }
    return this;
  }

  /** Prints them. */
  void print(Session session) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) ->
            session
                .getConsole()
                .println(
                    name
                        + " ".repeat(width - name.length() + 2)
                        + value.replace("\n", "\n" + " ".repeat(width + 2))));
  }
}

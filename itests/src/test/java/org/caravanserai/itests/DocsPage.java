package org.caravanserai.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a page of the documentation tells its reader to do, in its order.
 *
 * <p>A block {@code sh} has lines for a POSIX shell, a block {@code karaf} lines for Karaf's.
 * Behind a line, and at least two blanks, {@code # TEXT} is what the reader sees then. A block with
 * a file's name behind its language ({@code yaml orders.camel.yaml}) is a file that he writes.
 *
 * @param steps what he does
 */
record DocsPage(List<Step> steps) {

  private static final String FENCE = "```";

  /** What the reader does. */
  sealed interface Step {}

  /** He writes a file. */
  record Saved(String file, String content) implements Step {}

  /**
   * He types a line.
   *
   * @param shell {@code sh} or {@code karaf}
   * @param line the line, without the remark
   * @param seen what he sees then; empty where the page does not say
   */
  record Typed(String shell, String line, String seen) implements Step {}

  /** Reads a page of {@code docs/}. */
  static DocsPage of(String name) {
    try {
      return read(Files.readString(Path.of("../docs").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DocsPage read(String markdown) {
    List<Step> steps = new ArrayList<>();
    String[] parts = ("\n" + markdown).split("\n" + FENCE, -1);
    // Every second part is inside a pair of fences.
    for (int i = 1; i < parts.length; i += 2) {
      int end = parts[i].indexOf('\n');
      String[] words = parts[i].substring(0, end).strip().split(" ", 2);
      String content = parts[i].substring(end + 1);
      if (words.length == 2) {
        steps.add(new Saved(words[1], content + "\n"));
      } else if (words[0].equals("sh") || words[0].equals("karaf")) {
        content
            .replace("\\\n", " ")
            .lines()
            .map(line -> typed(words[0], line))
            .filter(typed -> !typed.line().isEmpty())
            .forEach(steps::add);
      }
    }
    return new DocsPage(steps);
  }

  private static Typed typed(String shell, String line) {
    int remark = line.lastIndexOf("  # ");
    return remark < 0
        ? new Typed(shell, line.strip(), "")
        : new Typed(shell, line.substring(0, remark).strip(), line.substring(remark + 4).strip());
  }

  /** The page with other words in its lines, such as the ports of the server at hand. */
  DocsPage replacing(Map<String, String> words) {
    return new DocsPage(steps.stream().map(step -> replaced(step, words)).toList());
  }

  private static Step replaced(Step step, Map<String, String> words) {
    if (!(step instanceof Typed typed)) {
      return step;
    }
    String line = typed.line();
    for (Map.Entry<String, String> word : words.entrySet()) {
      line = line.replace(word.getKey(), word.getValue());
    }
    return new Typed(typed.shell(), line, typed.seen());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d steps", steps.size());
  }
}

package org.caravanserai.objects.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravanserai.objects.internal.yaml.Place;

/**
 * The text of a file that holds the objects of one kind, cut so that one of them can be changed
 * without touching what people wrote around the others.
 *
 * @param head everything before the first item and its comments
 * @param items the items
 * @param tail everything after the last one
 */
public record KindText(String head, List<Item> items, String tail) {

  /** Where an anchor or an alias may stand: a part of one item may then be needed by another. */
  private static final Pattern ANCHOR = Pattern.compile("(^|[\\s\\[{,:-])[&*][^\\s&*]");

  /**
   * An item.
   *
   * @param comments the lines of comment above it
   * @param body its own lines, from the dash on
   */
  public record Item(String comments, String body) {}

  /** The text of a kind without objects. */
  public static KindText empty(String kind) {
    return new KindText(kind + ":\n", List.of(), "");
  }

  /**
   * Cuts a text.
   *
   * @param kind the only key of its root
   * @param text the text
   * @param places where the content of each item begins, in order
   * @return the parts; empty if it is not laid out so that it can be cut
   */
  public static Optional<KindText> cut(String kind, String text, List<Place> places) {
    List<String> lines = lines(text);
    if (places.isEmpty()) {
      return Optional.of(new KindText(comments(lines) + kind + ":\n", List.of(), ""));
    }
    if (ANCHOR.matcher(text).find()) {
      return Optional.empty();
    }
    int dash = places.get(0).line() < 1 ? -1 : lines.get(places.get(0).line() - 1).indexOf('-');
    List<Integer> starts = new ArrayList<>();
    for (Place place : places) {
      if (!isItem(lines, place, dash, starts)) {
        return Optional.empty();
      }
      starts.add(place.line() - 1);
    }
    return Optional.of(cut(lines, starts, dash));
  }

  private static KindText cut(List<String> lines, List<Integer> starts, int dash) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int limit = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      ends.add(end(lines, starts.get(i), limit, dash));
    }
    List<Item> items = new ArrayList<>();
    int first = starts.get(0);
    int head = first;
    while (head > 0 && isComment(lines.get(head - 1), Integer.MAX_VALUE)) {
      head--;
    }
    int comments = head;
    for (int i = 0; i < starts.size(); i++) {
      items.add(
          new Item(join(lines, comments, starts.get(i)), join(lines, starts.get(i), ends.get(i))));
      comments = ends.get(i);
    }
    return new KindText(join(lines, 0, head), items, join(lines, comments, lines.size()));
  }

  /** The first line of comment, not deeper than the dash, of those that end at the limit. */
  private static int end(List<String> lines, int start, int limit, int dash) {
    int end = limit;
    for (int i = limit - 1; i > start; i--) {
      if (isComment(lines.get(i), dash) || isMarker(lines.get(i))) {
        end = i;
      } else if (!lines.get(i).isBlank()) {
        break;
      }
    }
    return end;
  }

  private static boolean isMarker(String line) {
    return line.startsWith("...");
  }

  private static boolean isComment(String line, int deepest) {
    String stripped = line.stripLeading();
    return stripped.startsWith("#") && line.length() - stripped.length() <= deepest;
  }

  private static boolean isItem(List<String> lines, Place place, int dash, List<Integer> before) {
    int index = place.line() - 1;
    if (dash < 0
        || index >= lines.size()
        || (!before.isEmpty() && before.get(before.size() - 1) >= index)) {
      return false;
    }
    String line = lines.get(index);
    return line.length() >= place.column()
        && line.indexOf('-') == dash
        && line.substring(0, dash).isBlank()
        && dash + 1 < place.column()
        && line.substring(dash + 1, place.column() - 1).isBlank();
  }

  private static String comments(List<String> lines) {
    StringBuilder comments = new StringBuilder();
    for (String line : lines) {
      if (!isComment(line, Integer.MAX_VALUE)) {
        break;
      }
      comments.append(line);
    }
    return comments.toString();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin);
      lines.add(end < 0 ? text.substring(begin) + "\n" : text.substring(begin, end + 1));
      begin = end < 0 ? text.length() : end + 1;
    }
    return lines;
  }

  private static String join(List<String> lines, int from, int to) {
    return String.join("", lines.subList(from, to));
  }

  /** The same with another body of an item; blank lines after the old one stay. */
  public KindText with(int index, String body) {
    List<Item> changed = new ArrayList<>(items);
    String old = items.get(index).body();
    String blanks = old.substring(old.stripTrailing().length());
    String after = blanks.substring(Math.min(blanks.length(), blanks.indexOf('\n') + 1));
    changed.set(index, new Item(items.get(index).comments(), indented(body) + after));
    return new KindText(head, changed, tail);
  }

  /** The same with an item more. */
  public KindText inserted(int index, String body) {
    List<Item> changed = new ArrayList<>(items);
    changed.add(index, new Item("", indented(body)));
    return new KindText(head, changed, tail);
  }

  /** The same without an item and the comments above it. */
  public KindText without(int index) {
    List<Item> changed = new ArrayList<>(items);
    changed.remove(index);
    return new KindText(head, changed, tail);
  }

  /** Our own items are two blanks deep; those of a file may be at its margin. */
  private String indented(String body) {
    String other = items.isEmpty() ? body : items.get(0).body();
    int wanted = other.indexOf('-');
    if (wanted == 2) {
      return body;
    }
    StringBuilder text = new StringBuilder();
    body.lines()
        .forEach(line -> text.append(" ".repeat(wanted)).append(line.substring(2)).append('\n'));
    return text.toString();
  }

  /** The whole text. */
  public String text() {
    StringBuilder text = new StringBuilder(head);
    if (items.isEmpty()) {
      int colon = head.lastIndexOf(':');
      text.setLength(colon < 0 ? head.length() : colon + 1);
      text.append(colon < 0 ? "" : " []\n");
    }
    items.forEach(item -> text.append(item.comments()).append(item.body()));
    return text.append(tail).toString();
  }
}

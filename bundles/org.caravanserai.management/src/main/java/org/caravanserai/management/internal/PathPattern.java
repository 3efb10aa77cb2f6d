package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paths of an operation: {@code /api/v1/objects/{kind}/{name+}/ping}. A parameter stands for
 * one part of the path, one with a {@code +} for one or more, whose slashes stay as they are.
 */
final class PathPattern {

  private final String text;
  private final List<String> parts;

  PathPattern(String text) {
    this.text = text;
    this.parts = List.of(text.substring(1).split("/", -1));
  }

  /** What the parameters stand for in a path, by name; empty if it is none of these paths. */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> found = new HashMap<>();
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      int more = parts.size() - i - 1;
      int end = isGreedy(part) ? path.size() - more : at + 1;
      if (end <= at || end > path.size()) {
        return Optional.empty();
      }
      String value = String.join("/", path.subList(at, end));
      if (isParameter(part)) {
        if (value.isEmpty()) {
          return Optional.empty();
        }
        found.put(name(part), value);
      } else if (!part.equals(value)) {
        return Optional.empty();
      }
      at = end;
    }
    return at == path.size() ? Optional.of(found) : Optional.empty();
  }

  /** How many parts are text; of two patterns that match, the one with more is meant. */
  int literals() {
    return (int) parts.stream().filter(part -> !isParameter(part)).count();
  }

  /** The names of the parameters, in order. */
  List<String> parameters() {
    List<String> names = new ArrayList<>();
    parts.stream().filter(PathPattern::isParameter).map(PathPattern::name).forEach(names::add);
    return names;
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }

  private static boolean isGreedy(String part) {
    return part.endsWith("+}");
  }

  private static String name(String part) {
    return part.substring(1, part.length() - (isGreedy(part) ? 2 : 1));
  }

  /** As OpenAPI writes it. */
  @Override
  public String toString() {
    return text.replace("+}", "}");
  }
}

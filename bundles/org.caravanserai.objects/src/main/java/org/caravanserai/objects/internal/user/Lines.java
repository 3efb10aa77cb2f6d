package org.caravanserai.objects.internal.user;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;

/**
 * Reads files of lines {@code key = value}, with the escapes and continuations of Java's properties
 * and, if wanted, with sections. Comments begin with {@code #}, {@code !} or {@code ;}.
 */
final class Lines {

  private final Problems problems;
  private final boolean sections;
  private final Map<String, Object> root = new LinkedHashMap<>();
  private String section = "";

  /**
   * Reads one file.
   *
   * @param problems told what is wrong with it
   * @param sections whether {@code [section]} begins one, and dots in keys divide nothing
   */
  Lines(Problems problems, boolean sections) {
    this.problems = problems;
    this.sections = sections;
  }

  Map<String, Object> read(String text) {
    List<String> lines =
        text.startsWith("\uFEFF") ? text.substring(1).lines().toList() : text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      int number = at + 1;
      StringBuilder line = new StringBuilder(lines.get(at).strip());
      while (goesOn(line) && at + 1 < lines.size()) {
        line.setLength(line.length() - 1);
        line.append(lines.get(++at).strip());
      }
      read(line.toString(), new Place(number, 1));
    }
    return root;
  }

  private static boolean goesOn(CharSequence line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private void read(String line, Place place) {
    if (line.isEmpty() || "#!;".indexOf(line.charAt(0)) >= 0) {
      return;
    }
    if (sections && line.startsWith("[")) {
      if (!line.endsWith("]") || line.length() < 3) {
        problems.error(place, "a section is [NAME]");
        return;
      }
      section = line.substring(1, line.length() - 1).strip();
      level(root, section, place);
      return;
    }
    if (line.indexOf('=') < 0 && line.indexOf(':') < 0) {
      problems.error(place, "expected KEY = VALUE");
      return;
    }
    Properties one = new Properties();
    try {
      one.load(new StringReader(line));
    } catch (IOException | IllegalArgumentException e) {
      problems.error(place, "a \\u has four hexadecimal digits after it, and \\\\ is a backslash");
      return;
    }
    one.forEach((key, value) -> put((String) key, (String) value, place));
  }

  private void put(String key, String value, Place place) {
    Map<String, Object> level = section.isEmpty() ? root : level(root, section, place);
    String name = key;
    int dot = sections ? -1 : key.lastIndexOf('.');
    if (dot > 0) {
      for (String each : key.substring(0, dot).split("\\.", -1)) {
        level = level(level, each, place);
      }
      name = key.substring(dot + 1);
    }
    if (name.isEmpty()) {
      problems.error(place, "a key is missing");
    } else if (level.putIfAbsent(name, new Text(value, place)) != null) {
      problems.error(place, key + " is there already");
    }
  }

  @SuppressWarnings("unchecked") // what is no text is made here
  private Map<String, Object> level(Map<String, Object> in, String name, Place place) {
    Object found = in.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    if (found instanceof Map) {
      return (Map<String, Object>) found;
    }
    problems.error(place, name + " has a value, it can't have others below it");
    return new LinkedHashMap<>();
  }
}

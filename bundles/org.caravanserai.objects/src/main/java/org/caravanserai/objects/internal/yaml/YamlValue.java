package org.caravanserai.objects.internal.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file and where it stands. */
public sealed interface YamlValue {

  /** Where it begins. */
  Place place();

  /** What it is, in words. */
  String describe();

  /**
   * A scalar, not interpreted.
   *
   * @param place where it begins
   * @param text what it says, without quotes
   * @param plain whether it is written without quotes
   */
  record Scalar(Place place, String text, boolean plain) implements YamlValue {

    /** Whether it is YAML's null. */
    public boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }

    @Override
    public String describe() {
      return isNull() ? "nothing" : "`" + shorten(text) + "`";
    }

    /** Its place only: it may be a secret. */
    @Override
    public String toString() {
      return "Scalar[" + place + "]";
    }

    private static String shorten(String text) {
      String line = text.replaceAll("\\p{Cntrl}+", " ");
      return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
  }

  /**
   * A list.
   *
   * @param place where it begins
   * @param items its items
   */
  record Items(Place place, List<YamlValue> items) implements YamlValue {

    @Override
    public String describe() {
      return "a list";
    }
  }

  /**
   * A mapping.
   *
   * @param place where it begins
   * @param entries its entries by key, in the file's order
   */
  record Mapping(Place place, Map<String, Entry> entries) implements YamlValue {

    /** The same with a text for a key that it does not have. */
    public Mapping withDefault(String key, String text) {
      return entries.containsKey(key) ? this : with(key, text);
    }

    /** The same with a text for a key, whatever it is now. */
    public Mapping with(String key, String text) {
      Map<String, Entry> more = new LinkedHashMap<>();
      String escaped = text.replace("${", "$${");
      more.put(key, new Entry(place, new Scalar(place, escaped, false)));
      entries.forEach(more::putIfAbsent);
      return new Mapping(place, more);
    }

    @Override
    public String describe() {
      return "a mapping";
    }
  }

  /**
   * An entry of a mapping.
   *
   * @param key the place of the key
   * @param value the value
   */
  record Entry(Place key, YamlValue value) {}
}

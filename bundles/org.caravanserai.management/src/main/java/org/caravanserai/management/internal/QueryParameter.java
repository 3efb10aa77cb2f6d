package org.caravanserai.management.internal;

import java.util.Map;

/**
 * A parameter of an operation's query.
 *
 * @param name its name
 * @param schema the JSON Schema of its values
 * @param help what it does, in a few words
 */
record QueryParameter(String name, Map<String, Object> schema, String help) {

  /** A switch. */
  static QueryParameter flag(String name, String help) {
    return new QueryParameter(name, Map.of("type", "boolean", "default", false), help);
  }

  /** A text. */
  static QueryParameter text(String name, String help) {
    return new QueryParameter(name, Map.of("type", "string"), help);
  }

  /** A whole number that is not negative. */
  static QueryParameter number(String name, String help) {
    return new QueryParameter(name, Map.of("type", "integer", "minimum", 0), help);
  }
}

package org.caravanserai.rest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request. */
final class Parameters {

  private Parameters() {}

  /** Those of the query with those of the path over them. */
  static Map<String, List<String>> merge(
      Map<String, List<String>> query, Map<String, String> path) {
    if (path.isEmpty()) {
      return query;
    }
    Map<String, List<String>> merged = new LinkedHashMap<>(query);
    path.forEach((name, value) -> merged.put(name, List.of(value)));
    return merged;
  }
}

package org.caravanserai.objects.internal.user;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.objects.internal.kind.ResolvedText;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.yaml.Problems;

/**
 * Makes values of what a file says: references resolved, nothing to be changed.
 *
 * @param references resolves texts
 * @param problems told what can't be resolved
 */
record Resolution(TextReferences references, Problems problems) {

  Map<String, Object> of(Map<String, Object> written) {
    Map<String, Object> values = new LinkedHashMap<>();
    written.forEach((key, value) -> values.put(key, value(value)));
    return Collections.unmodifiableMap(values);
  }

  private Object value(Object written) {
    if (written instanceof Text text) {
      return resolved(text);
    }
    if (written instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, value) -> values.put((String) key, value(value)));
      return Collections.unmodifiableMap(values);
    }
    if (written instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(value -> values.add(value(value)));
      return Collections.unmodifiableList(values);
    }
    return written;
  }

  private Object resolved(Text text) {
    ResolvedText resolved = references.resolve(text.text());
    resolved.problems().forEach(each -> problems.error(text.place(), each));
    resolved.secrets().forEach(each -> problems.error(text.place(), "there is no secret " + each));
    return resolved.text();
  }
}

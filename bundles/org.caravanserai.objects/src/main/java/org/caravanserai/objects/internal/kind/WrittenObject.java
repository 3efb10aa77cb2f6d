package org.caravanserai.objects.internal.kind;

import java.util.List;
import java.util.Map;
import org.caravanserai.objects.internal.yaml.Place;

/**
 * An object as it stands in files that we write: references as text, defaults left out, fields in
 * the order of the record, no secret in clear.
 *
 * @param fields texts, numbers, booleans, lists and maps of these
 * @param secrets the secrets that stood in clear in fields that hold secrets, by the names under
 *     which {@code fields} refers to them
 * @param mixed where a field that holds a secret is neither a clear value nor a reference
 */
public record WrittenObject(
    Map<String, Object> fields, Map<String, String> secrets, List<Place> mixed) {

  /** Its fields; the secrets by their names only. */
  @Override
  public String toString() {
    return fields + " " + secrets.keySet();
  }
}

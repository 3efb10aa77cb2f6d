package org.caravanserai.objects;

import java.util.List;
import java.util.Map;

/**
 * A configured object as it is written.
 *
 * @param info how it is
 * @param fields its fields as files spell them: references as text, defaults left out, no secret in
 *     clear; texts, numbers, booleans, lists and maps of these
 * @param etag changes whenever the fields do
 * @param links what it has to do with others
 */
public record ConfiguredObject(
    ObjectInfo info, Map<String, Object> fields, String etag, Links links) {

  /**
   * What an object has to do with others.
   *
   * @param refersTo the objects that it refers to, there or not
   * @param referredBy the objects that refer to it
   */
  public record Links(List<ObjectId> refersTo, List<ObjectId> referredBy) {}
}

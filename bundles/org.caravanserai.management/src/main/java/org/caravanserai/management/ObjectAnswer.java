package org.caravanserai.management;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectId;
import org.caravanserai.objects.ObjectInfo;

/**
 * An object with its fields.
 *
 * @param info what it is and whether it works
 * @param etag changes whenever the fields do; what {@code If-Match} wants, without its quotes
 * @param fields its fields as they are written, secrets as references
 * @param refersTo the objects that it refers to, there or not
 * @param referredBy the objects that refer to it
 */
public record ObjectAnswer(
    @JsonUnwrapped ObjectInfo info,
    String etag,
    Map<String, Object> fields,
    List<ObjectId> refersTo,
    List<ObjectId> referredBy) {

  /** Tells of an object. */
  public static ObjectAnswer of(ConfiguredObject object) {
    return new ObjectAnswer(
        object.info(),
        object.etag(),
        object.fields(),
        object.links().refersTo(),
        object.links().referredBy());
  }
}

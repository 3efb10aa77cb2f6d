package org.caravanserai.management;

import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectInfo;

/**
 * An object with its fields.
 *
 * @param kind its kind
 * @param name its name
 * @param origin {@code store}, or the file that has it
 * @param state whether it works
 * @param reason why not; empty if it does
 * @param fields its fields as they are written, secrets as references
 */
public record ObjectAnswer(
    String kind,
    String name,
    String origin,
    ObjectInfo.State state,
    Optional<String> reason,
    Map<String, Object> fields) {

  /** Tells of an object. */
  public static ObjectAnswer of(ConfiguredObject object) {
    ObjectInfo info = object.info();
    return new ObjectAnswer(
        info.kind(), info.name(), info.origin(), info.state(), info.reason(), object.fields());
  }
}

package org.caravanserai.objects;

import java.util.List;
import java.util.Optional;

/**
 * A configured object, as it is now.
 *
 * @param kind the kind as configuration spells it, such as {@code channel_rest}
 * @param name its name, unique within the kind
 * @param origin where its configuration lies, such as {@code file:/etc/serai.yaml}
 * @param state whether it is in operation
 * @param reason why it is not in operation, or what is wrong although it is; never holds a secret
 * @param services the services that it names, deployed or not
 */
public record ObjectInfo(
    String kind,
    String name,
    String origin,
    State state,
    Optional<String> reason,
    List<String> services) {

  /** Whether an object is in operation. */
  public enum State {
    /** It is in operation. */
    OPEN,
    /** It opens by itself as soon as what it waits for is there. */
    WAITING,
    /** It could not be opened; it is tried again by itself. */
    FAILED,
    /** Its configuration says that it is not to be in operation. */
    INACTIVE
  }
}

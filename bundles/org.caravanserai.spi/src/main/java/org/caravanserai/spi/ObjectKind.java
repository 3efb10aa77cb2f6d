package org.caravanserai.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of configured object: one record that declares its fields and a way to open it.
 *
 * <p>Register it as an OSGi service. The record's components are the fields; their names in YAML
 * are the components' names in snake case ({@code urlPath} is {@code url_path}); the first one is
 * {@code String name}, unless the kind has another {@link #key()}. A component is required unless
 * it is an {@link java.util.Optional} or has a {@link Field#defaultValue()}. Types: {@code String},
 * numbers, {@code boolean}, enums (written in lower case), {@link java.time.Duration} (seconds, or
 * ISO 8601), records of such fields, {@code Map}s from {@code String} to anything of one line,
 * lists and {@code Optional}s of these, {@code Object} for any value. Text may hold {@code
 * ${NAME}}, {@code ${NAME:-default}} and {@code ${secret:NAME}}, resolved when the object opens. An
 * object whose {@code boolean isActive} is false is not open.
 *
 * <p>A record that holds secrets must not show them in {@code toString()}; one with the value of
 * {@code ${secret:NAME}} in it is handed to {@link #open}, {@link LiveObject#replace} and {@link
 * #validate} only.
 *
 * <p>Objects open, change and close one at a time, on a thread of their own: none may wait long for
 * another system. What an object refers to is there when it opens, but may go later.
 *
 * @param <C> the record
 */
@ConsumerType
public interface ObjectKind<C extends Record> {

  /** The kind as configuration spells it, such as {@code channel_rest}. */
  String name();

  /** The record. */
  Class<C> type();

  /** The field by which objects are known, a text; unique within the kind. */
  default String key() {
    return "name";
  }

  /** One sentence for the reference: what the kind is. */
  default String help() {
    return "";
  }

  /**
   * Checks what concerns more than one field.
   *
   * @throws InvalidObjectException if the object makes no sense
   */
  default void validate(C object) throws InvalidObjectException {}

  /**
   * Opens an object.
   *
   * @throws Exception if it can't be opened now; its message is shown as the reason
   */
  LiveObject<C> open(C object) throws Exception;
}

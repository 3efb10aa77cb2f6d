package org.caravanserai.api;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A user configuration file as it was when it was asked for; it does not change. Ask for it in each
 * call: that costs one look in a table, and follows the changes of the file.
 *
 * <p>A path is the keys on the way, divided by dots: {@code db.hosts.0} is the first item of the
 * list {@code hosts} of {@code db}. Text becomes numbers, booleans, enums and dates where these are
 * wanted: files of properties know nothing else.
 */
@ProviderType
public interface Config {

  /** The file's name without its ending. */
  String name();

  /**
   * All of it: texts, numbers, booleans, lists and maps of these. Unmodifiable. It may hold
   * secrets.
   */
  Map<String, Object> values();

  /** Whether there is something at a path. */
  boolean has(String path);

  /**
   * What is at a path.
   *
   * @param type its class, such as {@code String}, {@code Integer}, {@code Duration} or a record
   * @throws IllegalStateException if there is nothing, or it does not fit; the message has the path
   */
  <T> T get(String path, Class<T> type);

  /**
   * The same with what holds where there is nothing.
   *
   * @throws IllegalStateException if it does not fit
   */
  <T> T get(String path, Class<T> type, T otherwise);

  /**
   * All of it as a record, by the rules for the input of services.
   *
   * @throws IllegalStateException if it does not fit; the message has the place
   */
  <T> T as(Class<T> type);
}

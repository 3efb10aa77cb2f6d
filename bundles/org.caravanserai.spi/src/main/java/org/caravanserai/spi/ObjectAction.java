package org.caravanserai.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that can be done with an open object of one kind, besides changing it.
 *
 * <p>Register it as an OSGi service.
 */
@ConsumerType
public interface ObjectAction {

  /** The kind, such as {@code channel_rest}. */
  String kind();

  /** What is done, in small letters and dashes, such as {@code clear-cache}. */
  String name();

  /**
   * Does it, on the calling thread.
   *
   * @param object the object's name
   * @return what was done, in words; empty if no such object is open, or it has no use for it
   */
  Optional<String> run(String object);
}

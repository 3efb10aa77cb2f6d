package org.caravanserai.rest.internal;

import java.util.Locale;
import java.util.Map;
import org.caravanserai.spi.Field;

/**
 * Where the content of a channel's requests goes without a service's doing.
 *
 * @param name its name, within the channel
 * @param type what it is
 * @param connection the name of the outgoing connection
 * @param isActive whether it gets anything
 * @param options what else is to be known, by its type
 */
record Destination(
    @Field(help = "Its name, unique within the channel.", min = 1, max = 200) String name,
    @Field(help = "What it is.", defaultValue = "rest") Type type,
    @Field(help = "The connection.", reference = "outgoing_rest") String connection,
    @Field(help = "Whether it gets anything.", defaultValue = "true") boolean isActive,
    @Field(help = "For rest: method, which is POST if absent.", defaultValue = "{}")
        Map<String, String> options) {

  /** What stands for the service where a destination might be named. */
  static final String SERVICE = "service";

  /** The option of the HTTP method. */
  static final String METHOD = "method";

  /** What a destination is. */
  enum Type {
    /** A REST API, an outgoing connection of kind {@code outgoing_rest}. */
    REST
  }

  /** The HTTP method, in upper case. */
  String method() {
    return options.getOrDefault(METHOD, "POST").toUpperCase(Locale.ROOT);
  }
}

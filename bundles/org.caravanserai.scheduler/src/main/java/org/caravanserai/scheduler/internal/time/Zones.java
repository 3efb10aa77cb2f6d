package org.caravanserai.scheduler.internal.time;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Time zones by their IANA names. */
final class Zones {

  private Zones() {}

  static ZoneId of(Optional<String> name) throws BadTiming {
    if (name.isEmpty() || name.get().isBlank()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name.get().strip());
    } catch (DateTimeException e) {
      throw new BadTiming(
          "timezone",
          "unknown time zone `" + name.get() + "`; expected a name such as Europe/Berlin or UTC");
    }
  }
}

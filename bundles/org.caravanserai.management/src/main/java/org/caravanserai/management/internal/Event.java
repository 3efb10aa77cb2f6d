package org.caravanserai.management.internal;

import java.util.List;

/**
 * Something that happened on the server.
 *
 * @param number greater than that of any event before
 * @param type one of {@link #TYPES}
 * @param data what is told of it, as JSON
 * @param size about how many characters that is
 */
record Event(long number, String type, Object data, int size) {

  static final String LOG = "log";
  static final String DEPLOYMENT = "deployment";
  static final String HEALTH = "health";

  /** All there are. */
  static final List<String> TYPES = List.of(LOG, DEPLOYMENT, HEALTH);
}

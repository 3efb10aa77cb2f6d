package org.caravanserai.management.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.management.LogLine;

/**
 * Which log lines are wanted.
 *
 * @param level this one and those above
 * @param logger how the name of the logger begins
 * @param services the services whose log it is; empty for that of the whole server
 * @param cid the correlation id
 * @param text what the line holds, in any case
 */
record LogFilter(
    int level,
    Optional<String> logger,
    Set<String> services,
    Optional<String> cid,
    Optional<String> text) {

  private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  /** Its parameters of a query. */
  static final List<QueryParameter> PARAMETERS =
      List.of(
          QueryParameter.text("level", "only lines of this level and above: " + LEVELS),
          QueryParameter.text("logger", "only lines of loggers whose names begin so"),
          QueryParameter.text("service", "only the log of this service, or of several with commas"),
          QueryParameter.text("cid", "only lines with this correlation id"),
          QueryParameter.text("text", "only lines that hold this text, in any case"));

  /**
   * The filter of a query.
   *
   * @throws Problem 400 if it makes no sense
   */
  static LogFilter of(Query query) throws Problem {
    int level = 0;
    Optional<String> name = query.text("level");
    if (name.isPresent()) {
      level = LEVELS.indexOf(name.get().toUpperCase(Locale.ROOT));
      if (level < 0) {
        throw new Problem(400, "level is one of " + String.join(", ", LEVELS));
      }
    }
    return new LogFilter(
        level,
        query.text("logger"),
        query
            .text("service")
            .map(names -> Set.copyOf(Arrays.asList(names.split(",", -1))))
            .orElse(Set.of()),
        query.text("cid"),
        query.text("text").map(text -> text.toLowerCase(Locale.ROOT)));
  }

  boolean takes(LogLine line) {
    return LEVELS.indexOf(line.level()) >= level
        && logger.map(line.logger()::startsWith).orElse(true)
        && (services.isEmpty() || services.contains(line.logger()))
        && cid.map(id -> line.cid().filter(id::equals).isPresent()).orElse(true)
        && text.map(part -> holds(line, part)).orElse(true);
  }

  private static boolean holds(LogLine line, String part) {
    return line.message().toLowerCase(Locale.ROOT).contains(part)
        || line.exception()
            .map(stack -> stack.toLowerCase(Locale.ROOT).contains(part))
            .orElse(false);
  }
}

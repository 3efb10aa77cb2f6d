package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.management.LoggerInfo;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Loggers, and levels for a while. */
@Component(service = Resource.class)
public final class LoggersResource implements Resource {

  private static final String ONE = "/api/v1/loggers/{name}";
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int LONGEST_NAME = 1000;
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  /**
   * What is wanted of a logger.
   *
   * @param level from which level on its lines are to be written
   * @param duration for how long, as {@code PT10M}
   */
  private record Wanted(String level, Duration duration) {}

  private final LogLevels levels;
  private final Listing<LoggerInfo> listing =
      new Listing<LoggerInfo>(logger -> Stream.of(logger.name()))
          .by("name", LoggerInfo::name)
          .by("level", LoggerInfo::level)
          .by("temporary", logger -> Boolean.toString(logger.until().isPresent()));

  /** Made by the container. */
  @Activate
  public LoggersResource(@Reference LogLevels levels) {
    this.levels = levels;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/loggers",
                Operation.LOGGERS_READ,
                "the loggers that have a level of their own",
                exchange -> exchange.json(200, listing.page(levels.list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(LoggerInfo.class)),
        ApiOperation.of(
                "GET",
                ONE,
                Operation.LOGGERS_READ,
                "one of any name, and the level that holds for it",
                exchange -> exchange.json(200, levels.find(name(exchange))))
            .answers(200, LoggerInfo.class)
            .refuses(422),
        ApiOperation.of(
                "PUT",
                ONE,
                Operation.LOGGERS_WRITE,
                "sets its level for a while; body: level, and for as PT10M, at most a day",
                this::put)
            .takes(
                "application/json",
                Map.of(
                    "type",
                    "object",
                    "required",
                    List.of("level"),
                    "properties",
                    Map.of(
                        "level", Map.of("enum", LEVELS),
                        "for", Map.of("type", "string", "format", "duration"))))
            .answers(200, LoggerInfo.class)
            .refuses(413, 422),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.LOGGERS_WRITE,
                "ends a level that was set for a while",
                this::delete)
            .answers(204, "", LoggerInfo.class)
            .refuses(404));
  }

  private void put(ApiExchange exchange) throws IOException, Problem {
    String name = name(exchange);
    Wanted wanted = wanted(Json.read(exchange.body(LARGEST_BODY)));
    exchange.json(200, levels.set(name, wanted.level(), wanted.duration(), exchange.user().name()));
  }

  private void delete(ApiExchange exchange) throws Problem {
    String name = name(exchange);
    if (!levels.end(name)) {
      throw new Problem(404, "No level is set for a while for " + name);
    }
    exchange.done();
  }

  private static String name(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("name");
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new Problem(422, "The name of a logger has at most 1000 characters, on one line");
    }
    return name;
  }

  private static Wanted wanted(JsonNode body) throws Problem {
    String level = body.path("level").asText().toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw new Problem(422, "/level: one of " + String.join(", ", LEVELS));
    }
    Duration time = USUAL;
    if (body.has("for")) {
      try {
        time = Duration.parse(body.path("for").asText());
      } catch (DateTimeParseException e) {
        throw new Problem(422, "/for: a duration as PT10M, ten minutes");
      }
    }
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw new Problem(422, "/for: from one second to a day");
    }
    return new Wanted(level, time);
  }
}

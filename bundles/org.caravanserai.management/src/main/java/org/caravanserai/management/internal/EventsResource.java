package org.caravanserai.management.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.LogLine;
import org.caravanserai.management.Page;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last log lines, and what happens as it happens: server-sent events. */
@Component(service = Resource.class, configurationPid = "org.caravanserai.management")
public final class EventsResource implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(EventsResource.class);

  /** The path of the stream. */
  static final String PATH = "/api/v1/events";

  private static final String STREAM = "text/event-stream";
  private static final int USUAL_LINES = 200;
  private static final int BATCH = 200;
  private static final int RETRY_MILLIS = 2000;

  private final Events events;
  private final Sessions sessions;
  private final ServiceRegistry registry;
  private final Semaphore places;
  private final int most;
  private final int mostLines;
  private final Duration heartbeat;
  private final Duration longest;

  /** Made by the container. */
  @Activate
  public EventsResource(
      ManagementSettings settings,
      @Reference Events events,
      @Reference Sessions sessions,
      @Reference ServiceRegistry registry) {
    this.events = events;
    this.sessions = sessions;
    this.registry = registry;
    this.most = settings.events__streams();
    this.places = new Semaphore(most);
    this.mostLines = settings.events__kept();
    this.heartbeat = Duration.ofSeconds(settings.events__heartbeat());
    this.longest = Duration.ofSeconds(settings.events__longest());
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                PATH,
                Operation.EVENTS_READ,
                "what happens, as server-sent events: log, deployment, health, lost; goes on after"
                    + " Last-Event-ID",
                this::stream)
            .with(
                List.of(
                    QueryParameter.text(
                        "types", "only of these types, with commas: " + Event.TYPES),
                    QueryParameter.text("after", "goes on after the event of this number")))
            .with(LogFilter.PARAMETERS)
            .answers(200, STREAM, String.class)
            .refuses(503),
        ApiOperation.of(
                "GET",
                "/api/v1/logs",
                Operation.EVENTS_READ,
                "the last log lines, of those that are in memory, the newest last",
                this::lines)
            .with(LogFilter.PARAMETERS)
            .with(List.of(QueryParameter.number("limit", "how many lines at most; 200 by default")))
            .answers(200, new PageOf(LogLine.class)));
  }

  private void lines(ApiExchange exchange) throws IOException, Problem {
    LogFilter filter = LogFilter.of(exchange.query());
    int limit = exchange.query().number("limit", USUAL_LINES, 0, mostLines);
    List<LogLine> found = new ArrayList<>();
    for (Event event : events.memory().all()) {
      if (event.data() instanceof LogLine line && filter.takes(line)) {
        found.add(line);
      }
    }
    int from = Math.max(0, found.size() - limit);
    exchange.json(
        200,
        new Page<>(
            found.subList(from, found.size()).stream().map(this::named).toList(), found.size()));
  }

  /** The log of a service has its name. */
  private LogLine named(LogLine line) {
    if (registry.service(line.logger()).isEmpty()) {
      return line;
    }
    return new LogLine(
        line.number(),
        line.time(),
        line.level(),
        line.logger(),
        line.thread(),
        line.cid(),
        Optional.of(line.logger()),
        line.message(),
        line.exception());
  }

  private void stream(ApiExchange exchange) throws Problem {
    LogFilter filter = LogFilter.of(exchange.query());
    List<String> types = types(exchange.query().text("types"));
    long after = after(exchange);
    if (!places.tryAcquire()) {
      throw new Problem(503, "There are " + most + " streams of events already")
          .with("Retry-After", "10");
    }
    try {
      follow(exchange, filter, types, after);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("a stream of events has lost its client", e);
    } finally {
      places.release();
    }
  }

  private static List<String> types(Optional<String> names) throws Problem {
    if (names.isEmpty()) {
      return Event.TYPES;
    }
    List<String> types = List.of(names.get().split(",", -1));
    if (!Event.TYPES.containsAll(types)) {
      throw new Problem(400, "types are some of " + String.join(", ", Event.TYPES));
    }
    return types;
  }

  private long after(ApiExchange exchange) throws Problem {
    Optional<String> told =
        Optional.ofNullable(exchange.header("Last-Event-ID"))
            .or(() -> exchange.query().text("after"));
    if (told.isEmpty()) {
      return events.memory().last();
    }
    try {
      return Long.parseLong(told.get());
    } catch (NumberFormatException e) {
      throw new Problem(400, "Last-Event-ID and after are the number of an event");
    }
  }

  private void follow(ApiExchange exchange, LogFilter filter, List<String> types, long after)
      throws IOException, InterruptedException {
    OutputStream out = exchange.stream(STREAM);
    if (exchange.isHead()) {
      return;
    }
    write(out, "retry: " + RETRY_MILLIS + "\n: here\n\n");
    long end = System.nanoTime() + longest.toNanos();
    long written = System.nanoTime();
    long last = after;
    while (System.nanoTime() < end && !events.memory().isClosed() && isLoggedIn(exchange)) {
      EventMemory.Batch batch = events.memory().after(last, BATCH, heartbeat);
      StringBuilder text = new StringBuilder();
      if (batch.lost() > 0) {
        append(text, "lost", batch.last(), Map.of("count", batch.lost()));
      }
      for (Event event : batch.events()) {
        if (types.contains(event.type()) && takes(filter, event)) {
          append(text, event.type(), event.number(), told(event));
        }
      }
      last = batch.last();
      if (text.isEmpty() && System.nanoTime() - written >= heartbeat.toNanos()) {
        text.append(": still here\n\n");
      }
      if (!text.isEmpty()) {
        write(out, text.toString());
        written = System.nanoTime();
      }
    }
  }

  private boolean isLoggedIn(ApiExchange exchange) {
    return exchange.session().map(sessions::isLive).orElse(true);
  }

  private static boolean takes(LogFilter filter, Event event) {
    return !(event.data() instanceof LogLine line) || filter.takes(line);
  }

  private Object told(Event event) {
    return event.data() instanceof LogLine line ? named(line) : event.data();
  }

  private static void append(StringBuilder text, String type, long number, Object data) {
    text.append("id: ").append(number).append("\nevent: ").append(type);
    // JSON in one line: whatever is in it is inside of strings, where line ends are escaped.
    text.append("\ndata: ").append(ApiJson.text(data)).append("\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

package org.caravanserai.management.internal;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.management.LogLine;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.logging.spi.PaxAppender;
import org.ops4j.pax.logging.spi.PaxLoggingEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** What happens on the server, log lines among it. Whoever logs waits for nobody. */
@Component(
    service = {Events.class, PaxAppender.class},
    immediate = true,
    configurationPid = "org.caravanserai.management",
    property = "org.ops4j.pax.logging.appender.name=SeraiEventsAppender")
public final class Events implements PaxAppender {

  private static final int LONGEST_MESSAGE = 8_000;
  private static final int LONGEST_STACK = 8_000;
  private static final int OTHER_CHARACTERS = 200;

  /** Under which the runtime puts the correlation id into log lines. */
  private static final String CID = "cid";

  private final EventMemory memory;

  /** Made by the container. */
  @Activate
  public Events(ManagementSettings settings) {
    // Greater than any number before the last start, and one that JavaScript knows exactly.
    long before = System.currentTimeMillis() * 1000;
    memory = new EventMemory(settings.events__kept(), settings.events__kept__size(), before);
  }

  /** The streams end. */
  @Deactivate
  public void close() {
    memory.close();
  }

  EventMemory memory() {
    return memory;
  }

  /** Something happened. */
  void add(String type, Object data, int size) {
    memory.add(number -> new Event(number, type, data, OTHER_CHARACTERS + size));
  }

  @Override
  public void doAppend(PaxLoggingEvent event) {
    Map<String, Object> properties = event.getProperties();
    Object cid = properties == null ? null : properties.get(CID);
    String message = cut(String.valueOf(event.getRenderedMessage()), LONGEST_MESSAGE);
    Optional<String> stack = stack(event.getThrowableStrRep());
    String level = level(event.getLevel().toString());
    Instant time = Instant.ofEpochMilli(event.getTimeStamp());
    String logger = String.valueOf(event.getLoggerName());
    String thread = String.valueOf(event.getThreadName());
    int size = OTHER_CHARACTERS + message.length() + stack.map(String::length).orElse(0);
    memory.add(
        number ->
            new Event(
                number,
                Event.LOG,
                new LogLine(
                    number,
                    time,
                    level,
                    logger,
                    thread,
                    Optional.ofNullable(cid).map(Object::toString),
                    Optional.empty(),
                    message,
                    stack),
                size));
  }

  private static String level(String name) {
    String level = name.toUpperCase(Locale.ROOT);
    return level.equals("FATAL") ? "ERROR" : level;
  }

  private static Optional<String> stack(String @Nullable [] lines) {
    if (lines == null || lines.length == 0) {
      return Optional.empty();
    }
    StringBuilder stack = new StringBuilder();
    for (String line : lines) {
      if (stack.length() + line.length() > LONGEST_STACK) {
        stack.append("...\n");
        break;
      }
      stack.append(line).append('\n');
    }
    return Optional.of(stack.toString().stripTrailing());
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + "..." : text;
  }
}

package org.caravanserai.runtime.internal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What a logger says while this is open. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger logger;

  CapturedLog(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logger.addAppender(this);
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  List<ILoggingEvent> events() {
    return events;
  }

  String text() {
    return events.stream()
        .map(
            event ->
                event.getLevel()
                    + " "
                    + event.getFormattedMessage()
                    + " "
                    + thrown(event.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }

  private static String thrown(IThrowableProxy thrown) {
    return thrown == null ? "" : thrown.getClassName() + ": " + thrown.getMessage();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}

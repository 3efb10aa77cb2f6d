package org.caravanserai.runtime.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LocationAwareLogger;

/** A logger whose lines carry the correlation id of one call, on whatever thread. */
final class CidLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private static final String CALLER = CidLogger.class.getName();

  private final transient Logger logger;
  private final String cid;

  CidLogger(Logger logger, String cid) {
    this.logger = logger;
    this.cid = cid;
    this.name = logger.getName();
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return CALLER;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String before = Cid.begin(cid);
    try {
      if (logger instanceof LocationAwareLogger precise) {
        precise.log(marker, CALLER, level.toInt(), message, arguments, failure);
      } else {
        logger.makeLoggingEventBuilder(level).setCause(failure).log(message, arguments);
      }
    } finally {
      Cid.end(before);
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return logger.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return logger.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return logger.isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return logger.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return logger.isErrorEnabled();
  }
}

package org.caravanserai.pubsub.internal.file;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log why files are not published: each reason once in a row, not at each look. */
final class FolderComplaints implements ExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FolderComplaints.class);

  private final String folder;
  private volatile String last = "";

  FolderComplaints(String folder) {
    this.folder = folder;
  }

  @Override
  public void handleException(Throwable exception) {
    handleException("", null, exception);
  }

  @Override
  public void handleException(@Nullable String message, Throwable exception) {
    handleException(message, null, exception);
  }

  @Override
  public void handleException(
      @Nullable String message, @Nullable Exchange exchange, Throwable exception) {
    Throwable cause = exception.getCause();
    String reason = String.valueOf((cause == null ? exception : cause).getMessage());
    if (reason.equals(last)) {
      LOG.debug("Files of {} are not published: {}", folder, reason);
    } else {
      last = reason;
      LOG.warn("Files of {} are not published: {}; they stay and are tried again", folder, reason);
    }
  }
}

package org.caravanserai.http.internal;

import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.caravanserai.api.ServiceException;
import org.eclipse.jetty.http.HttpException;

/** Why a body could not be read, in the caller's words. */
final class BodyFailure {

  private BodyFailure() {}

  /** What is said about a body above the limit. */
  static String tooLarge(long limit) {
    return "the body is larger than " + limit + " bytes";
  }

  /** The answer to a failure to read. */
  static ServiceException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServiceException said) {
        return said;
      }
      if (cause instanceof TimeoutException) {
        return new ServiceException(408, "the body stopped coming", failure);
      }
      if (cause instanceof ZipException) {
        return new ServiceException(400, "the body is not valid gzip", failure);
      }
      if (cause instanceof HttpException http) {
        String reason = http.getReason() == null ? "malformed" : http.getReason();
        return new ServiceException(http.getCode(), "the body can't be read: " + reason, failure);
      }
    }
    return new ServiceException(400, "the body ended too early", failure);
  }
}

package org.caravanserai.rest.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What became of one destination.
 *
 * @param isSuccess whether it has the content
 * @param answer what goes back to the caller; {@code null} if its answer does not
 * @param failure why it has failed; {@code null} if it has not
 */
record Delivered(
    boolean isSuccess, @Nullable RestResponse answer, @Nullable ServiceException failure) {

  /** The answer of a destination that is done. */
  static Delivered of(
      String destination, boolean isAnswering, CompletableFuture<RestResponse> completed) {
    RestResponse response;
    try {
      response = completed.join();
    } catch (CompletionException e) {
      return new Delivered(false, null, failure(destination, e.getCause()));
    }
    int status = response.status();
    if (status >= 200 && status < 300) {
      return new Delivered(true, isAnswering ? response : null, null);
    }
    return isAnswering && isAboutContent(status)
        ? new Delivered(false, response, null)
        : new Delivered(false, null, refusal(destination, response));
  }

  /** Whether a status says what is wrong with the caller's content, not with our credentials. */
  private static boolean isAboutContent(int status) {
    return status >= 400
        && status < 500
        && status != 401
        && status != 403
        && status != 407
        && status != 408
        && status != 429;
  }

  private static ServiceException refusal(String destination, RestResponse response) {
    int status = response.status();
    String details = "Destination " + destination + " answered " + status;
    boolean isBusy = status == 429 || status == 503;
    return isBusy
        ? new ServiceException(503, details, null, seconds(response))
        : new ServiceException(502, details);
  }

  /** RFC 9110, section 10.2.3; 1 for a date, or if it says nothing. */
  private static int seconds(RestResponse response) {
    String after = response.header("Retry-After").orElse("").strip();
    return after.matches("[0-9]{1,6}") ? Math.max(Integer.parseInt(after), 1) : 1;
  }

  private static ServiceException failure(String destination, @Nullable Throwable cause) {
    if (cause instanceof ServiceException told) {
      return new ServiceException(
          told.status(),
          "Destination " + destination + ": " + told.details(),
          told,
          told.retryAfterSeconds());
    }
    return new ServiceException(502, "Destination " + destination + " failed", cause);
  }
}

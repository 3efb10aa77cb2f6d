package org.caravanserai.runtime.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.caravanserai.api.ServiceException;
import org.slf4j.Logger;

/** What a caller learns of a failure, and what the log does. */
final class Failure {

  private Failure() {}

  /** What was meant for the caller as it is; all else goes to the log, once. */
  static ServiceException of(Throwable failure, Invocation call) {
    if (failure instanceof ServiceException meant) {
      return meant;
    }
    Logger log = call.slot().logger();
    if (call.isTooLate()) {
      log.debug("{}: ended after its time had run out", call.cid(), failure);
      return timeRanOut(call);
    }
    log.error("{}: the call of {} failed", call.cid(), call.revision(), failure);
    return new ServiceException(500, "Internal error", failure);
  }

  /** The call took longer than it may. */
  static ServiceException timeRanOut(Invocation call) {
    return new ServiceException(504, "Service " + call.service() + " did not answer in time");
  }

  /** An output can't be written. */
  static ServiceException unwritable(Throwable failure, Invocation call) {
    call.slot()
        .logger()
        .error("{}: the output of {} can't be written", call.cid(), call.revision(), failure);
    return new ServiceException(500, "Internal error", failure);
  }

  /** What a stage failed with. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? unwrap(cause) : failure;
  }
}

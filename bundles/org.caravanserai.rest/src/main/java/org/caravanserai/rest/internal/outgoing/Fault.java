package org.caravanserai.rest.internal.outgoing;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.internal.outgoing.Compression.TooLargeException;
import org.caravanserai.security.CredentialsException;
import org.jspecify.annotations.Nullable;

/** Why there is no answer, in words. */
final class Fault {

  /** Where nobody knows how long it takes. */
  private static final int SOON_SECONDS = 1;

  private Fault() {}

  /** The connection can't be used now; its caller may come again. */
  static ServiceException passing(String details, @Nullable Throwable cause, int seconds) {
    return new ServiceException(503, details, cause, Math.max(seconds, SOON_SECONDS));
  }

  /** What the caller of a service may read: the connection's name, not its address. */
  static ServiceException of(Throwable failure, Target target) {
    Throwable cause = unwrap(failure);
    if (cause instanceof ServiceException meant) {
      return meant;
    }
    String name = target.name();
    if (cause instanceof CredentialsException) {
      return passing("Connection " + name + ": " + cause.getMessage(), cause, SOON_SECONDS);
    }
    if (cause instanceof RejectedExecutionException) {
      return passing("Too many calls wait for connection " + name, cause, SOON_SECONDS);
    }
    if (cause instanceof SocketTimeoutException) {
      return new ServiceException(504, "Connection " + name + " was not made in time", cause);
    }
    if (cause instanceof TimeoutException) {
      return new ServiceException(504, "Connection " + name + ": no answer in time", cause);
    }
    return new ServiceException(502, "Connection " + name + ": " + words(cause), cause);
  }

  /** The reason, in words, without names and addresses. */
  static String words(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof CredentialsException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return "the host is not known";
    }
    if (cause instanceof ConnectException) {
      return "the connection was refused";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
      return "the TLS handshake failed";
    }
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return "the answer's encoding can't be undone";
    }
    if (cause instanceof TooLargeException
        || (cause instanceof IllegalArgumentException
            && String.valueOf(cause.getMessage()).startsWith("Buffering capacity"))) {
      return "the answer is larger than max_response_size";
    }
    return "the connection broke off";
  }

  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? unwrap(cause) : failure;
  }
}

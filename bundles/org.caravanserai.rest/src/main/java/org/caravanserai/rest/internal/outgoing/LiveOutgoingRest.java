package org.caravanserai.rest.internal.outgoing;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.caravanserai.api.ServiceException;
import org.caravanserai.metrics.ConnectionMeter;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.DocumentReceiver;
import org.caravanserai.spi.LiveConnection;

/** A connection in operation: always one target for new requests. */
final class LiveOutgoingRest implements LiveConnection<OutgoingRest, Rest>, DocumentReceiver {

  private static final int BAD_GATEWAY = 502;

  private final OutgoingRestKind kind;
  private final ConnectionMeter meter;
  private volatile Target target;
  private volatile boolean closed;

  LiveOutgoingRest(OutgoingRestKind kind, Target target, ConnectionMeter meter) {
    this.kind = kind;
    this.meter = meter;
    this.target = target;
  }

  String name() {
    return target.name();
  }

  /**
   * A message that is not sent yet.
   *
   * @param nanosLeft how long the caller still waits
   */
  Sending sending(Message message, String cid, LongSupplier nanosLeft) {
    return new Sending(this::enter, message, cid, nanosLeft, meter);
  }

  /** The target for new requests. */
  Target current() {
    Target now = target;
    return now.isOutdated() ? renewed(now) : now;
  }

  /** A certificate to be shown has changed: connections that were made with the old one go. */
  private synchronized Target renewed(Target outdated) {
    if (target == outdated && !closed) {
      try {
        target = kind.target(outdated.configuration());
        outdated.uses().retire();
      } catch (Exception e) {
        throw Fault.passing(
            "Connection " + outdated.name() + " can't take over its new certificate", e, 1);
      }
    }
    return target;
  }

  /**
   * The current target, in use until its {@link Target#uses} is left.
   *
   * @throws ServiceException with status 503 if the connection is closed
   */
  Target enter() {
    for (Target now = current(); ; now = current()) {
      if (now.uses().enter()) {
        return now;
      }
      if (closed) {
        throw Fault.passing("Connection " + now.name() + " is not open any more", null, 1);
      }
    }
  }

  @Override
  public Rest facade(Caller caller) {
    return new BoundRest(this, caller);
  }

  /** By {@code POST}; taken is what is answered with a status from 200 to 299. */
  @Override
  public CompletionStage<?> send(Caller caller, String contentType, byte[] document) {
    try {
      return facade(caller)
          .request("POST")
          .contentType(contentType)
          .data(document)
          .sendAsync()
          .thenAccept(this::checkTaken);
    } catch (ServiceException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IllegalArgumentException e) {
      // Its path wants a parameter, for which there is no value here.
      return CompletableFuture.failedFuture(
          new ServiceException(BAD_GATEWAY, String.valueOf(e.getMessage()), e));
    }
  }

  private void checkTaken(RestResponse answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw new ServiceException(
          answer.status() < 400 ? BAD_GATEWAY : answer.status(),
          "Connection " + name() + " was answered " + answer.status());
    }
  }

  @Override
  public String ping() throws Exception {
    Target now = current();
    URI uri = now.address().bare();
    Message message =
        new Message(
            now.configuration().pingMethodName(),
            uri,
            Map.of(),
            null,
            "",
            false,
            now.configuration().timeout().toNanos(),
            false);
    Answer answer;
    try {
      answer = sending(message, "ping", () -> Long.MAX_VALUE).start().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      Throwable deepest = cause == null || cause.getCause() == null ? e : cause.getCause();
      throw new ServiceException(BAD_GATEWAY, message + ": " + Fault.words(deepest), deepest);
    }
    if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
      throw new ServiceException(BAD_GATEWAY, message + " was answered " + answer.status());
    }
    return message + " was answered " + answer.status();
  }

  @Override
  public synchronized void replace(OutgoingRest changed) throws Exception {
    Target before = target;
    target = kind.target(changed);
    before.uses().retire();
  }

  @Override
  public synchronized void close() {
    closed = true;
    target.uses().retire();
    meter.close();
  }
}

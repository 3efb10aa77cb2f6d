package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Optional;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.Ping.Status;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.spi.LiveConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened only to see whether its system answers. It is opened and closed on
 * the thread of the objects, and pinged on that of who wants to know.
 *
 * @param connection the connection; empty if it could not be opened
 * @param failure why it could not be opened
 * @param redaction takes its secrets out of messages
 */
record Trial(
    Optional<LiveConnection<?, ?>> connection, Optional<Ping> failure, Redaction redaction) {

  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  /**
   * Opens one.
   *
   * @param around the objects and secrets that it may refer to
   */
  static Trial open(Definition definition, HeldObject.Surroundings around) {
    Redaction redaction = Redaction.of(definition, around.references());
    List<String> missing = HeldObject.missing(definition, around);
    if (!missing.isEmpty()) {
      return failed(Status.NOT_TRIED, "missing " + String.join(", ", missing), redaction);
    }
    try {
      Record object = definition.kind().resolve(definition, around.references());
      return new Trial(definition.kind().openAside(object), Optional.empty(), redaction);
    } catch (Exception | LinkageError e) {
      return failed(Status.NOT_REACHED, Pings.reason(e), redaction);
    }
  }

  private static Trial failed(Status status, String reason, Redaction redaction) {
    Ping failure = new Ping(status, 0, redaction.apply(reason));
    return new Trial(Optional.empty(), Optional.of(failure), redaction);
  }

  /** What became of it. */
  Ping ping() {
    if (failure.isPresent()) {
      return failure.get();
    }
    Ping ping = Pings.ping(connection.orElseThrow());
    return new Ping(ping.status(), ping.millis(), redaction.apply(ping.details()));
  }

  /** Lets go of it. */
  void close() {
    try {
      connection.ifPresent(LiveConnection::close);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("A connection that was tried did not close in order: {}", e.getClass().getName());
    }
  }
}

package org.caravanserai.pubsub.internal.push;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.caravanserai.api.ServiceException;
import org.caravanserai.pubsub.internal.push.PushOutcome.Failed;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.DocumentReceiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another system behind a connection, to which each message is posted as JSON. */
final class RestTarget implements PushTarget {

  private static final Logger LOG = LoggerFactory.getLogger(RestTarget.class);
  private static final String JSON = "application/json";

  private final String kind;
  private final String name;
  private final Connections connections;
  private final Invoker invoker;
  private final Function<PushedMessage, byte[]> writer;
  private final long timeoutNanos;

  /**
   * Another system.
   *
   * @param kind the connection's kind
   * @param name its name
   * @param writer makes the JSON of a message
   * @param timeoutMillis how long an attempt may take, beside the connection's own limits
   */
  RestTarget(
      String kind,
      String name,
      Connections connections,
      Invoker invoker,
      Function<PushedMessage, byte[]> writer,
      long timeoutMillis) {
    this.kind = kind;
    this.name = name;
    this.connections = connections;
    this.invoker = invoker;
    this.writer = writer;
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  @Override
  public void deliver(PushedMessage message, Consumer<PushOutcome> done) {
    DocumentReceiver receiver = find();
    if (receiver == null) {
      done.accept(new PushOutcome.Postponed("Connection " + name + " is not open"));
      return;
    }
    String published = message.message().cid();
    String cid = published.isEmpty() ? invoker.newCid() : published;
    Caller caller =
        new PatientCaller(
            invoker.outsider(cid, RestTarget::close), System.nanoTime() + timeoutNanos);
    CompletionStage<?> sent = receiver.send(caller, JSON, writer.apply(message));
    CompletionStage<?> unused =
        sent.whenComplete(
            (nothing, failure) ->
                done.accept(failure == null ? PushOutcome.DELIVERED : failed(failure, cid)));
  }

  private @Nullable DocumentReceiver find() {
    List<OpenConnection> open = connections.named(name);
    for (OpenConnection each : open) {
      if (each.kind().equals(kind) && each.connection() instanceof DocumentReceiver receiver) {
        return receiver;
      }
    }
    return null;
  }

  private Failed failed(Throwable failure, String cid) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ServiceException meant) {
      return new Failed(meant.details(), meant.status(), cid);
    }
    LOG.error("{}: pushing through connection {} failed", cid, name, cause);
    return new Failed("Internal error", 500, cid);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("Closing failed", e);
    }
  }

  /**
   * A caller who waits until some time.
   *
   * @param deadline as {@link System#nanoTime} tells it
   */
  private record PatientCaller(Caller caller, long deadline) implements Caller {

    @Override
    public String cid() {
      return caller.cid();
    }

    @Override
    public long nanosLeft() {
      return Math.max(0, deadline - System.nanoTime());
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
      caller.closeAtEnd(resource);
    }

    @Override
    public Runnable stay() {
      return caller.stay();
    }

    @Override
    public byte[] toJson(Object value) {
      return caller.toJson(value);
    }

    @Override
    public <T> @Nullable T fromJson(byte[] json, Class<T> type) {
      return caller.fromJson(json, type);
    }
  }
}

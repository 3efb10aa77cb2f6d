package org.caravanserai.pubsub.internal.push;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Message;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.CallReport;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.Slot;

/**
 * A service that gets messages: what was published is its input, and the rest of the message its
 * headers. A message is delivered when the service has replied without a failure.
 */
final class ServiceTarget implements PushTarget {

  private final Slot slot;
  private final CallPool pool;
  private final Invoker invoker;
  private final Channel channel;
  private final Duration timeout;

  ServiceTarget(Slot slot, CallPool pool, Invoker invoker, Channel channel, Duration timeout) {
    this.slot = slot;
    this.pool = pool;
    this.invoker = invoker;
    this.channel = channel;
    this.timeout = timeout;
  }

  @Override
  public void deliver(PushedMessage message, Consumer<PushOutcome> done) {
    if (slot.current().isEmpty()) {
      done.accept(new PushOutcome.Postponed("Service " + slot.name() + " is not deployed"));
      return;
    }
    try {
      pool.submit(slot, timeout, new Push(message, done));
    } catch (BusyException e) {
      done.accept(new PushOutcome.Postponed(String.valueOf(e.getMessage())));
    }
  }

  private static Payload payload(Message message) {
    return switch (message.format()) {
      case JSON -> new Payload.Document(message.data(), DataFormat.JSON, Map.of(), false);
      case TEXT -> new Payload.Value(new String(message.data(), StandardCharsets.UTF_8));
      case BYTES -> new Payload.Value(message.data());
    };
  }

  private static Map<String, Object> headers(PushedMessage pushed) {
    Message message = pushed.message();
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(message.properties());
    headers.remove(StoredCall.PROPERTY);
    headers.put("topic_name", message.topic());
    headers.put("msg_id", message.id());
    headers.put("priority", message.priority());
    headers.put("size", message.data().length);
    headers.put("delivery_count", pushed.count());
    headers.put("redelivered", pushed.isRedelivered());
    headers.put("maybe_redelivered", pushed.delivery().maybeRedelivered());
    headers.put("pub_time", message.publishedAt());
    headers.put("recv_time", message.receivedAt());
    if (message.expiresAt() > 0) {
      headers.put("expiration_time", message.expiresAt());
    }
    message.contentType().ifPresent(value -> headers.put("content_type", value));
    message.publisher().ifPresent(value -> headers.put("publisher", value));
    message.correlId().ifPresent(value -> headers.put("correl_id", value));
    message.inReplyTo().ifPresent(value -> headers.put("in_reply_to", value));
    message.extClientId().ifPresent(value -> headers.put("ext_client_id", value));
    return Collections.unmodifiableMap(headers);
  }

  /** One attempt. */
  private final class Push extends PooledCall {

    private final PushedMessage message;
    private final Consumer<PushOutcome> done;
    private final String cid;
    private volatile boolean hasBegun;
    private volatile boolean hasReturned;

    Push(PushedMessage message, Consumer<PushOutcome> done) {
      this.message = message;
      this.done = done;
      String published = message.message().cid();
      this.cid = published.isEmpty() ? invoker.newCid() : published;
    }

    @Override
    protected void run() {
      hasBegun = true;
      try {
        Message content = message.message();
        StoredCall stored = message.call();
        Channel way = stored == null ? channel : stored.channel();
        Call call = new Call(cid, way, payload(content), null, headers(message));
        invoker.invoke(slot, call, this::replied);
      } finally {
        hasReturned = true;
      }
    }

    private void replied(Reply reply) {
      ServiceException failure = reply.failure();
      boolean hasEntered = reply.hasEntered();
      PushOutcome success = failure == null ? answered(reply) : PushOutcome.DELIVERED;
      reply.close();
      if (!end()) {
        return;
      }
      if (failure == null) {
        done.accept(success);
      } else if (hasEntered) {
        done.accept(new PushOutcome.Failed(CallReport.reason(failure), failure.status(), cid));
      } else {
        done.accept(new PushOutcome.Postponed(failure.details()));
      }
    }

    /** With what is told to those who wait for a durable call. */
    private PushOutcome answered(Reply reply) {
      StoredCall call = message.call();
      if (call == null || (call.onTarget().isEmpty() && call.onFinal().isEmpty())) {
        return PushOutcome.DELIVERED;
      }
      CallReport report =
          CallReport.of(call.source(), slot.name(), cid, call.id(), call.requestedAt(), reply);
      return new PushOutcome.Delivered(call.answers(report));
    }

    @Override
    protected void timedOut() {
      if (hasBegun) {
        done.accept(
            new PushOutcome.Failed(
                "Service " + slot.name() + " did not answer within " + timeout.toMillis() + " ms",
                504,
                cid,
                !hasReturned));
      } else {
        done.accept(
            new PushOutcome.Postponed("Service " + slot.name() + " has too many calls waiting"));
      }
    }
  }
}

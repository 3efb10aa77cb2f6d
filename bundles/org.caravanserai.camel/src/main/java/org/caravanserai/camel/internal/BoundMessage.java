package org.caravanserai.camel.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangePattern;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.CamelAnswer;
import org.caravanserai.camel.CamelMessage;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/** A message of one caller for an endpoint of a context. */
final class BoundMessage implements CamelMessage {

  private static final int TIMED_OUT = 504;

  private final BoundCamel camel;
  private final String uri;
  private final Map<String, Object> headers = new LinkedHashMap<>();
  private @Nullable Object body;

  BoundMessage(BoundCamel camel, String uri) {
    this.camel = camel;
    this.uri = uri;
  }

  @Override
  public CamelMessage body(@Nullable Object content) {
    body = content;
    return this;
  }

  @Override
  public CamelMessage header(String name, @Nullable Object value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  @Override
  public CamelMessage headers(Map<String, ?> more) {
    more.forEach(this::header);
    return this;
  }

  @Override
  public void send() {
    await(begin(ExchangePattern.InOnly));
  }

  @Override
  public CompletionStage<@Nullable Void> sendAsync() {
    return staying(begin(ExchangePattern.InOnly)).thenApply(answer -> null);
  }

  @Override
  public CamelAnswer request() {
    return await(begin(ExchangePattern.InOut));
  }

  @Override
  public CompletionStage<CamelAnswer> requestAsync() {
    return staying(begin(ExchangePattern.InOut));
  }

  private CompletableFuture<CamelAnswer> begin(ExchangePattern pattern) {
    CompletableFuture<CamelAnswer> result = new CompletableFuture<>();
    EndpointRequest request = new EndpointRequest(uri, pattern, body, headers);
    Channel way = new Channel("invoke", camel.name(), Optional.empty());
    camel
        .invoker()
        .invoke(
            camel.slot(),
            new Call(camel.caller().cid(), way, new Payload.Value(request), null),
            reply -> take(reply, result));
    return result;
  }

  private void take(Reply reply, CompletableFuture<CamelAnswer> result) {
    ServiceException failure = reply.failure();
    if (failure == null && reply.value() instanceof EndpointAnswer answer) {
      try {
        if (answer.body() instanceof AutoCloseable stream && answer.isStream()) {
          // What it is read from stays as long as the caller reads it.
          camel.caller().closeAtEnd(() -> close(stream, reply));
        } else {
          reply.close();
        }
      } catch (IllegalStateException e) {
        failure = new ServiceException(500, "The call that asked for the answer has ended", e);
      }
      if (failure == null) {
        result.complete(new BoundAnswer(answer, camel.caller()));
        return;
      }
    } else {
      reply.close();
    }
    result.completeExceptionally(
        failure == null ? new ServiceException(500, "There is no answer") : failure);
  }

  private static void close(AutoCloseable stream, Reply reply) throws Exception {
    try {
      stream.close();
    } finally {
      reply.close();
    }
  }

  /** What is chained to it is the caller's code: its revision stays until that has run. */
  private CompletionStage<CamelAnswer> staying(CompletableFuture<CamelAnswer> begun) {
    Runnable gone = camel.caller().stay();
    CompletableFuture<CamelAnswer> result = new CompletableFuture<>();
    CompletableFuture<CamelAnswer> unused =
        begun.whenComplete(
            (answer, failure) -> {
              try {
                if (failure == null) {
                  result.complete(answer);
                } else {
                  result.completeExceptionally(failure);
                }
              } finally {
                gone.run();
              }
            });
    return result;
  }

  private CamelAnswer await(CompletableFuture<CamelAnswer> begun) {
    try {
      return begun.get(Math.max(0, camel.caller().nanosLeft()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ServiceException failure
          ? failure
          : new ServiceException(500, "Internal error", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late(e);
    } catch (TimeoutException e) {
      throw late(e);
    }
  }

  private ServiceException late(Exception cause) {
    return new ServiceException(
        TIMED_OUT, "The time ran out while waiting for " + uri + " of " + camel.name(), cause);
  }
}

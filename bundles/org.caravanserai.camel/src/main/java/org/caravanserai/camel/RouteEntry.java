package org.caravanserai.camel;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultConsumer;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.internal.EntryBody;
import org.caravanserai.camel.internal.EntryHeaders;
import org.caravanserai.camel.internal.FinishingStream;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A Camel route as a service: each call is an exchange that its consumer sends through the route,
 * and what is in the message at the end is the answer.
 *
 * <p>An object is the body as it is; a document is its bytes, a stream is itself. Parameters of a
 * call that came by HTTP, and its headers, are headers of the message, as Camel's HTTP components
 * have them; back, headers of the message that the route has set are those of the answer, and
 * {@code CamelHttpResponseCode} is its status.
 */
public final class RouteEntry implements Service<Payload, CompletionStage<@Nullable Object>> {

  private static final int UNAVAILABLE = 503;

  private volatile DefaultConsumer consumer;

  /** The entry of a route behind its consumer. */
  public RouteEntry(DefaultConsumer consumer) {
    this.consumer = consumer;
  }

  /** Goes on with the consumer of another entry: a route that is started again has a new one. */
  public void follow(RouteEntry again) {
    consumer = again.consumer;
  }

  @Override
  public CompletionStage<@Nullable Object> handle(Payload input, Context context) throws Exception {
    DefaultConsumer entered = consumer;
    if (!entered.isStarted()) {
      throw new ServiceException(UNAVAILABLE, "The route of " + context.service() + " is stopped");
    }
    Exchange exchange = entered.createExchange(false);
    Map<String, Object> given;
    try {
      exchange.setProperty(EntryHeaders.CID, context.cid());
      EntryBody.set(exchange.getMessage(), input);
      given = EntryHeaders.set(exchange.getMessage(), input, context);
      entered.createUoW(exchange);
    } catch (Exception e) {
      entered.releaseExchange(exchange, false);
      throw e;
    }
    CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    Thread thread = Thread.currentThread();
    ClassLoader around = thread.getContextClassLoader();
    thread.setContextClassLoader(exchange.getContext().getApplicationContextClassLoader());
    try {
      entered
          .getAsyncProcessor()
          .process(exchange, doneSync -> complete(entered, exchange, given, context, answer));
    } finally {
      thread.setContextClassLoader(around);
    }
    return answer;
  }

  private static void complete(
      DefaultConsumer entered,
      Exchange exchange,
      Map<String, Object> given,
      Context context,
      CompletableFuture<@Nullable Object> answer) {
    Object body = null;
    Exception failure = exchange.getException();
    try {
      if (failure == null && exchange.getPattern() == ExchangePattern.InOut) {
        body = EntryBody.of(exchange);
        EntryHeaders.answer(exchange, given, body, context);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure == null && body instanceof InputStream stream) {
      // What the stream reads from may go when the exchange is done.
      answer.complete(new FinishingStream(stream, () -> finish(entered, exchange)));
      return;
    }
    finish(entered, exchange);
    if (failure == null) {
      answer.complete(body);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  private static void finish(DefaultConsumer entered, Exchange exchange) {
    entered.doneUoW(exchange);
    entered.releaseExchange(exchange, false);
  }
}

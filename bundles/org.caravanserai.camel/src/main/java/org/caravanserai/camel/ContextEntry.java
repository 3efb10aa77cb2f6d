package org.caravanserai.camel;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.util.IOHelper;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.internal.BoundCamel;
import org.caravanserai.camel.internal.EndpointAnswer;
import org.caravanserai.camel.internal.EndpointRequest;
import org.caravanserai.camel.internal.EntryHeaders;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A Camel context as a service: each call is an exchange for one of its endpoints. As it is a
 * service, a context is replaced by another one without a gap, and empty before it is stopped. It
 * answers only the {@link Camel} facade.
 */
public final class ContextEntry implements Service<Payload, CompletionStage<@Nullable Object>> {

  private static final int NO_SUCH_SERVICE = 404;
  private static final int UNAVAILABLE = 503;
  private static final int TIMED_OUT = 504;
  private static final int PRODUCERS = 100;

  private final CamelContext context;
  private @Nullable ProducerCache producers;

  /** The entry of a context. */
  public ContextEntry(CamelContext context) {
    this.context = context;
  }

  /**
   * What a caller sees of the context in a slot.
   *
   * @param name the name by which callers know it
   * @param slot where the entry is deployed
   * @param invoker calls it
   * @param caller who uses it
   */
  public static Camel client(String name, Slot slot, Invoker invoker, Caller caller) {
    return new BoundCamel(name, slot, invoker, caller);
  }

  @Override
  public CompletionStage<@Nullable Object> handle(Payload input, Context call) throws Exception {
    if (!(input instanceof Payload.Value value)
        || !(value.object() instanceof EndpointRequest request)) {
      throw new ServiceException(NO_SUCH_SERVICE, call.service() + " is no service for others");
    }
    Thread thread = Thread.currentThread();
    ClassLoader around = thread.getContextClassLoader();
    thread.setContextClassLoader(context.getApplicationContextClassLoader());
    try {
      return send(request, call);
    } finally {
      thread.setContextClassLoader(around);
    }
  }

  private CompletionStage<@Nullable Object> send(EndpointRequest request, Context call)
      throws Exception {
    Endpoint endpoint = endpoint(request.uri());
    Exchange exchange = endpoint.createExchange(request.pattern());
    exchange.setProperty(EntryHeaders.CID, call.cid());
    exchange.getMessage().setBody(request.body());
    exchange.getMessage().setHeaders(request.headers());
    // With a unit of work of ours, what the answer is read from stays until it has been read.
    exchange
        .getExchangeExtension()
        .setUnitOfWork(PluginHelper.getUnitOfWorkFactory(context).createUnitOfWork(exchange));
    CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    CompletableFuture<Exchange> unused =
        producers()
            .asyncSendExchange(
                endpoint, request.pattern(), same -> {}, null, exchange, new CompletableFuture<>())
            .whenComplete((sent, failure) -> complete(request, exchange, failure, answer));
    return answer;
  }

  private Endpoint endpoint(String uri) {
    try {
      return context.getEndpoint(uri);
    } catch (ResolveEndpointFailedException | NoSuchEndpointException e) {
      throw new ServiceException(500, "There is no endpoint " + uri, e);
    }
  }

  private synchronized ProducerCache producers() throws Exception {
    ProducerCache made = producers;
    if (made == null) {
      made = new DefaultProducerCache(this, context, PRODUCERS);
      context.addService(made);
      producers = made;
    }
    return made;
  }

  private void complete(
      EndpointRequest request,
      Exchange exchange,
      @Nullable Throwable failure,
      CompletableFuture<@Nullable Object> answer) {
    Throwable cause = failure == null ? exchange.getException() : failure;
    EndpointAnswer told = null;
    if (cause == null) {
      try {
        told = EndpointAnswer.of(exchange, () -> finish(request, exchange));
      } catch (RuntimeException e) {
        cause = e;
      }
    }
    if (told == null || !told.isStream()) {
      finish(request, exchange);
    }
    if (told == null) {
      answer.completeExceptionally(meaning(request, cause));
    } else if (!answer.complete(told) && told.isStream()) {
      finish(request, exchange);
    }
  }

  private static void finish(EndpointRequest request, Exchange exchange) {
    UnitOfWorkHelper.doneUow(exchange.getUnitOfWork(), exchange);
    if (request.body() instanceof InputStream stream) {
      IOHelper.close(stream);
    }
  }

  private static Throwable meaning(EndpointRequest request, @Nullable Throwable failure) {
    if (failure instanceof ExchangeTimedOutException) {
      return new ServiceException(TIMED_OUT, request.uri() + " did not answer in time", failure);
    }
    // Of an endpoint of the same context without a route there is no class but this one in common.
    if (failure instanceof CamelExchangeException
        && failure.getClass().getSimpleName().endsWith("ConsumerNotAvailableException")) {
      return new ServiceException(
          UNAVAILABLE, "No route takes messages at " + request.uri(), failure, 1);
    }
    return failure == null ? new IllegalStateException("no answer") : failure;
  }
}

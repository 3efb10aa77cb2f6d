package org.caravanserai.camel.internal;

import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultAsyncProducer;
import org.caravanserai.api.Channel;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Slot;

/**
 * Calls a service without holding the thread.
 *
 * <p>From a channel's consumer the exchange carries the whole {@link Call}, and gets the {@code
 * Reply} as its body. From any other route the body is the input (of files, streams and XML what is
 * in them) and is replaced by the output, unless the endpoint's exchange pattern is in-only; the
 * service sees the message's headers. The reply is closed when the exchange completes.
 */
final class ServiceProducer extends DefaultAsyncProducer {

  /** The exchange property under which a channel's consumer passes its {@link Call}. */
  static final String CALL = "SeraiCall";

  /** The header, or exchange property, with the correlation id. */
  static final String CID = "X-Serai-CID";

  private final Slot slot;
  private final Invoker invoker;

  ServiceProducer(ServiceEndpoint endpoint, Slot slot, Invoker invoker) {
    super(endpoint);
    this.slot = slot;
    this.invoker = invoker;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Completion completion;
    try {
      Call call = exchange.getProperty(CALL, Call.class);
      boolean fromChannel = call != null && call.payload() == exchange.getMessage().getBody();
      completion = new Completion(exchange, callback, answer(fromChannel));
      invoker.invoke(slot, fromChannel ? call : routeCall(exchange), completion);
    } catch (RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    if (completion.endedAtOnce()) {
      callback.done(true);
      return true;
    }
    return false;
  }

  private Completion.Answer answer(boolean fromChannel) {
    if (fromChannel) {
      return Completion.Answer.REPLY;
    }
    return getEndpoint().getExchangePattern() == ExchangePattern.InOnly
        ? Completion.Answer.NONE
        : Completion.Answer.VALUE;
  }

  private Call routeCall(Exchange exchange) {
    Object body = EntryBody.of(exchange);
    Payload payload = body instanceof Payload ready ? ready : new Payload.Value(body);
    String route = exchange.getFromRouteId();
    Channel channel = new Channel("camel", route == null ? "" : route, Optional.empty());
    return new Call(cid(exchange, invoker), channel, payload, null, EntryHeaders.of(exchange));
  }

  /** The correlation id of an exchange: that of the call that it carries, or a new one. */
  static String cid(Exchange exchange, Invoker invoker) {
    String header = exchange.getMessage().getHeader(CID, String.class);
    if (header != null) {
      return header;
    }
    String property = exchange.getProperty(CID, String.class);
    return property == null ? invoker.newCid() : property;
  }
}

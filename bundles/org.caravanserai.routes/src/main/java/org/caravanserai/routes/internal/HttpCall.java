package org.caravanserai.routes.internal;

import java.time.Duration;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.ExchangeHttp;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way through a route, and back. */
final class HttpCall extends PooledCall {

  private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);
  private static final byte[] NOTHING = new byte[0];

  private final Slot slot;
  private final Invoker invoker;
  private final Channel channel;
  private final TrafficExchange exchange;
  private final ExchangeHttp http;
  private final Payload payload;
  private final Duration timeout;
  private final HttpDoor door;

  HttpCall(
      Slot slot,
      Invoker invoker,
      Channel channel,
      TrafficExchange exchange,
      ExchangeHttp http,
      Payload payload,
      Duration timeout,
      HttpDoor door) {
    this.slot = slot;
    this.invoker = invoker;
    this.channel = channel;
    this.exchange = exchange;
    this.http = http;
    this.payload = payload;
    this.timeout = timeout;
    this.door = door;
  }

  @Override
  protected void run() {
    try {
      invoker.invoke(slot, new Call(exchange.cid(), channel, payload, http), this::answer);
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), channel.name(), e);
      if (end()) {
        exchange.error(500, "Internal error");
      }
    }
  }

  @Override
  protected void timedOut() {
    exchange.error(504, "no answer within " + timeout.toMillis() + " ms");
  }

  private void answer(Reply reply) {
    if (!end()) {
      reply.close();
      return;
    }
    ServiceException failure = reply.failure();
    try {
      if (failure == null) {
        answer(reply, reply.render(DataFormat.RAW));
        return;
      }
    } catch (ServiceException e) {
      failure = e;
    }
    if (failure.retryAfterSeconds() > 0) {
      exchange.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
    }
    exchange.error(failure.status(), failure.details(), reply::close);
  }

  private void answer(Reply reply, Rendered output) {
    http.applyHeaders();
    if (output instanceof Rendered.Bytes bytes) {
      exchange.answer(
          http.statusOr(200), contentType(bytes.contentType()), bytes.content(), reply::close);
    } else if (output instanceof Rendered.Stream stream) {
      exchange.answer(
          http.statusOr(200), contentType(stream.contentType()), stream.content(), reply::close);
    } else {
      exchange.answer(http.statusOr(204), null, NOTHING, reply::close);
    }
  }

  private String contentType(String ofBody) {
    return http.contentTypeOr(door.contentType().isEmpty() ? ofBody : door.contentType());
  }
}

package org.caravanserai.rest.internal;

import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way through the Camel route to the service, and back. */
final class RestCall extends PooledCall {

  private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);
  private static final byte[] NOTHING = new byte[0];

  private final RestRoute route;
  private final Channel channel;
  private final TrafficExchange exchange;
  private final RestHttp http;
  private final Payload payload;

  RestCall(
      RestRoute route, Channel channel, TrafficExchange exchange, RestHttp http, Payload payload) {
    this.route = route;
    this.channel = channel;
    this.exchange = exchange;
    this.http = http;
    this.payload = payload;
  }

  @Override
  protected void run() {
    try {
      route.camel().call(new Call(exchange.cid(), channel, payload, http), this::answer);
    } catch (ChannelStoppedException e) {
      refuse(503, e.getMessage() == null ? "stopped" : e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), channel.name(), e);
      refuse(500, "Internal error");
    }
  }

  @Override
  protected void timedOut() {
    exchange.error(504, "no answer within " + route.timeout().toMillis() + " ms");
  }

  private void refuse(int status, String details) {
    if (end()) {
      exchange.error(status, details);
    }
  }

  private void answer(Reply reply) {
    if (!end()) {
      reply.close();
      return;
    }
    ServiceException failure = reply.failure();
    try {
      if (failure == null) {
        answer(reply, reply.render(route.format()));
        return;
      }
    } catch (ServiceException e) {
      failure = e;
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

  private String contentType(String ofOutput) {
    String ofChannel = route.contentType();
    return http.contentTypeOr(ofChannel == null ? ofOutput : ofChannel);
  }
}

package org.caravanserai.rest.internal;

import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.rest.internal.cache.Flight;
import org.caravanserai.rest.internal.cache.ServiceAnswer;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to the service, to destinations, or both, and back. */
final class RestCall extends PooledCall {

  private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);
  private static final byte[] NOTHING = new byte[0];

  /** Nobody knows when a route is started again. */
  private static final int RETRY_AFTER_SECONDS = 1;

  private final RestRoute route;
  private final Channel channel;
  private final TrafficExchange exchange;
  private final RestHttp http;
  private final Payload payload;
  private final @Nullable Flight flight;

  /**
   * A call.
   *
   * @param flight the others who wait for its answer; {@code null} if nobody does
   */
  RestCall(
      RestRoute route,
      Channel channel,
      TrafficExchange exchange,
      RestHttp http,
      Payload payload,
      @Nullable Flight flight) {
    this.route = route;
    this.channel = channel;
    this.exchange = exchange;
    this.http = http;
    this.payload = payload;
    this.flight = flight;
  }

  @Override
  protected void run() {
    RequestSchema schema = route.schema();
    try {
      if (schema != null && (exchange.hasBody() || RequestSchema.isFor(exchange.method()))) {
        schema.check(payload);
      }
      route.way().go(new Call(exchange.cid(), channel, payload, http), this, this::answer);
    } catch (ServiceException e) {
      refuse(e);
    } catch (ChannelStoppedException e) {
      String details = e.getMessage() == null ? "stopped" : e.getMessage();
      refuse(new ServiceException(503, details, e, RETRY_AFTER_SECONDS));
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), channel.name(), e);
      refuse(new ServiceException(500, "Internal error", e));
    }
  }

  @Override
  protected void timedOut() {
    exchange.error(504, "no answer within " + route.timeout().toMillis() + " ms");
    hasFailed();
  }

  private void refuse(ServiceException failure) {
    if (end()) {
      fail(failure, () -> {});
    }
  }

  private void hasFailed() {
    if (flight != null) {
      flight.failed();
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
    fail(failure, reply::close);
  }

  private void fail(ServiceException failure, Runnable ended) {
    if (failure.retryAfterSeconds() > 0) {
      exchange.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
    }
    exchange.error(failure.status(), failure.details(), ended);
    hasFailed();
  }

  private void answer(Reply reply, Rendered output) {
    if (output instanceof Rendered.Bytes bytes) {
      DataEncoding encoding = route.encoding();
      String type = contentType(bytes.contentType());
      if (encoding == null || !DataEncoding.isText(type)) {
        answer(reply, type, bytes.content());
      } else {
        answer(reply, encoding.contentType(type), encoding.encode(bytes.content(), route.format()));
      }
      return;
    }
    if (flight != null) {
      flight.released();
    }
    http.applyHeaders();
    if (output instanceof Rendered.Stream stream) {
      exchange.answer(
          http.statusOr(200), contentType(stream.contentType()), stream.content(), reply::close);
    } else {
      exchange.answer(http.statusOr(204), null, NOTHING, reply::close);
    }
  }

  private void answer(Reply reply, String contentType, byte[] content) {
    int status = http.statusOr(200);
    if (flight != null && status == 200) {
      ServiceAnswer answer = new ServiceAnswer(contentType, content, http.answerHeaders());
      flight.answered(exchange, answer, reply::close);
      return;
    }
    if (flight != null) {
      flight.released();
    }
    http.applyHeaders();
    exchange.answer(status, contentType, content, reply::close);
  }

  private String contentType(String ofOutput) {
    String ofChannel = route.contentType();
    return http.contentTypeOr(ofChannel == null ? ofOutput : ofChannel);
  }
}

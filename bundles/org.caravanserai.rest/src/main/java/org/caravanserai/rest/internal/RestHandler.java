package org.caravanserai.rest.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.rest.internal.cache.CachedRequest;
import org.caravanserai.rest.internal.cache.ChannelCache;
import org.caravanserai.rest.internal.cache.Flight;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;

/** Takes the requests of one channel as it is configured now. */
final class RestHandler implements TrafficHandler {

  private static final byte[] NO_BODY = new byte[0];

  private final RestRoute route;
  private final CallPool pool;
  private final BiConsumer<TrafficExchange, Channel> inside = this::serve;

  RestHandler(RestRoute route, CallPool pool) {
    this.route = route;
    this.pool = pool;
  }

  @Override
  public void handle(TrafficExchange exchange) {
    if (begins(exchange)) {
      route.gate().pass(exchange, inside);
    }
  }

  private void serve(TrafficExchange exchange, Channel channel) {
    Map<String, List<String>> query = exchange.query();
    RestHttp http = new RestHttp(exchange, query);
    Map<String, List<String>> parameters =
        route.merging().parameters(query, exchange.pathParameters());
    if (!exchange.hasBody()) {
      submit(exchange, channel, http, query, document(NO_BODY, route.format(), parameters), null);
      return;
    }
    String contentType = exchange.header("Content-Type");
    DataEncoding encoding = route.encoding();
    DataFormat format = BodyFormat.of(route.format(), contentType, encoding);
    if (format == null) {
      exchange.error(
          415,
          "Content-Type "
              + contentType
              + " is not taken here: "
              + BodyFormat.accepted(route.format(), encoding));
    } else if (readsStream()) {
      InputStream body = exchange.body(route.maxBody());
      if (body != null) {
        Payload payload = new Payload.Stream(body, format, parameters);
        start(exchange, channel, http, payload, route.timeout(), null);
      }
    } else {
      exchange.readBody(
          route.maxBody(),
          body -> submit(exchange, channel, http, parameters, contentType, format, body));
    }
  }

  private void submit(
      TrafficExchange exchange,
      Channel channel,
      RestHttp http,
      Map<String, List<String>> parameters,
      @Nullable String contentType,
      DataFormat format,
      byte[] sent) {
    byte[] body = sent;
    DataEncoding encoding = route.encoding();
    // XML says itself how it is encoded.
    if (encoding != null && format != DataFormat.XML && !BodyFormat.saysUtf8(contentType)) {
      try {
        body = encoding.decode(sent);
      } catch (ServiceException e) {
        exchange.error(e.status(), e.details());
        return;
      }
    }
    DataFormat found = formatOf(body, format);
    if (route.schema() != null && found != DataFormat.JSON) {
      exchange.error(415, "only JSON is taken here, for its schema is looked at");
      return;
    }
    submit(exchange, channel, http, http.query(), document(body, found, parameters), sent);
  }

  /** Refuses a request of whoever may call the channel; others are refused as ever. */
  void refuse(TrafficExchange exchange, int status, String details) {
    if (begins(exchange)) {
      route.gate().pass(exchange, (caller, channel) -> caller.error(status, details));
    }
  }

  private boolean begins(TrafficExchange exchange) {
    Preamble preamble = route.preamble();
    return preamble == null || preamble.begin(exchange);
  }

  private boolean readsStream() {
    if (route.readsWhole()) {
      return false;
    }
    ServiceRevision revision = route.slot().current().orElse(null);
    return revision != null && revision.readsStream();
  }

  private DataFormat formatOf(byte[] body, DataFormat declared) {
    return declared == DataFormat.FORM && route.format() == DataFormat.JSON
        ? BodyFormat.ofForm(body)
        : declared;
  }

  private Payload document(byte[] body, DataFormat format, Map<String, List<String>> parameters) {
    return new Payload.Document(
        body, format, parameters, route.merging().bodyGoesFirst(), route.strict());
  }

  private void submit(
      TrafficExchange exchange,
      Channel channel,
      RestHttp http,
      Map<String, List<String>> query,
      Payload payload,
      byte @Nullable [] body) {
    ChannelCache cache = route.cache();
    if (cache == null) {
      start(exchange, channel, http, payload, route.timeout(), null);
    } else {
      cache.answer(new Asking(exchange, channel, http, payload), query, body);
    }
  }

  private void start(
      TrafficExchange exchange,
      Channel channel,
      RestHttp http,
      Payload payload,
      Duration timeout,
      @Nullable Flight flight) {
    try {
      pool.submit(
          route.slot(), timeout, new RestCall(route, channel, exchange, http, payload, flight));
    } catch (BusyException e) {
      exchange.setHeader("Retry-After", Integer.toString(e.retryAfterSeconds()));
      exchange.error(503, e.getMessage() == null ? "busy" : e.getMessage());
      if (flight != null) {
        flight.released();
      }
    }
  }

  /** A request whose answer may be there already. */
  private final class Asking implements CachedRequest {

    private final TrafficExchange exchange;
    private final Channel channel;
    private final RestHttp http;
    private final Payload payload;

    Asking(TrafficExchange exchange, Channel channel, RestHttp http, Payload payload) {
      this.exchange = exchange;
      this.channel = channel;
      this.http = http;
      this.payload = payload;
    }

    @Override
    public TrafficExchange exchange() {
      return exchange;
    }

    @Override
    public Duration timeout() {
      return route.timeout();
    }

    @Override
    public void start(Duration timeout, @Nullable Flight flight) {
      RestHandler.this.start(exchange, channel, http, payload, timeout, flight);
    }
  }
}

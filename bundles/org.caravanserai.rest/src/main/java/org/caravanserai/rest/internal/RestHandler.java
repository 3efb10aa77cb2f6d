package org.caravanserai.rest.internal;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.caravanserai.api.Channel;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.ServiceRevision;

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
    route.gate().pass(exchange, inside);
  }

  private void serve(TrafficExchange exchange, Channel channel) {
    Map<String, List<String>> query = exchange.query();
    RestHttp http = new RestHttp(exchange, query);
    Map<String, List<String>> parameters = Parameters.merge(query, exchange.pathParameters());
    if (!exchange.hasBody()) {
      submit(exchange, channel, http, document(NO_BODY, route.format(), parameters));
      return;
    }
    String contentType = exchange.header("Content-Type");
    DataFormat format = BodyFormat.of(route.format(), contentType);
    if (format == null) {
      exchange.error(
          415,
          "Content-Type "
              + contentType
              + " is not taken here: "
              + BodyFormat.accepted(route.format()));
    } else if (readsStream()) {
      InputStream body = exchange.body(route.maxBody());
      if (body != null) {
        submit(exchange, channel, http, new Payload.Stream(body, format, parameters));
      }
    } else {
      exchange.readBody(
          route.maxBody(),
          body ->
              submit(exchange, channel, http, document(body, formatOf(body, format), parameters)));
    }
  }

  private boolean readsStream() {
    ServiceRevision revision = route.slot().current().orElse(null);
    return revision != null && revision.readsStream();
  }

  private DataFormat formatOf(byte[] body, DataFormat declared) {
    return declared == DataFormat.FORM && route.format() == DataFormat.JSON
        ? BodyFormat.ofForm(body)
        : declared;
  }

  private Payload document(byte[] body, DataFormat format, Map<String, List<String>> parameters) {
    return new Payload.Document(body, format, parameters, route.strict());
  }

  private void submit(TrafficExchange exchange, Channel channel, RestHttp http, Payload payload) {
    try {
      pool.submit(
          route.slot(), route.timeout(), new RestCall(route, channel, exchange, http, payload));
    } catch (BusyException e) {
      exchange.setHeader("Retry-After", Integer.toString(e.retryAfterSeconds()));
      exchange.error(503, e.getMessage() == null ? "busy" : e.getMessage());
    }
  }
}

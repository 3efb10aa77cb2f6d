package org.caravanserai.rest.internal;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.security.Authenticator;
import org.jspecify.annotations.Nullable;

/** Takes the requests of one channel as it is configured now. */
final class RestHandler implements TrafficHandler {

  private static final byte[] NO_BODY = new byte[0];

  private final RestRoute route;
  private final CallPool pool;

  RestHandler(RestRoute route, CallPool pool) {
    this.route = route;
    this.pool = pool;
  }

  @Override
  public void handle(TrafficExchange exchange) {
    if (!begins(exchange)) {
      return;
    }
    Map<String, List<String>> query = exchange.query();
    RestHttp http = new RestHttp(exchange, query);
    Map<String, List<String>> parameters =
        route.merging().parameters(query, exchange.pathParameters());
    if (!exchange.hasBody()) {
      submit(exchange, http, document(NO_BODY, route.format(), parameters));
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
        submit(exchange, http, new Payload.Stream(body, format, parameters));
      }
    } else {
      exchange.readBody(
          route.maxBody(), body -> submit(exchange, http, parameters, contentType, format, body));
    }
  }

  private void submit(
      TrafficExchange exchange,
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
    submit(exchange, http, document(body, formatOf(body, format), parameters));
  }

  /** Refuses a request of whoever may call the channel; others are refused as ever. */
  void refuse(TrafficExchange exchange, int status, String details) {
    if (begins(exchange)) {
      exchange.error(status, details);
    }
  }

  private boolean begins(TrafficExchange exchange) {
    Preamble preamble = route.preamble();
    return (preamble == null || preamble.begin(exchange)) && isLetIn(exchange);
  }

  private boolean isLetIn(TrafficExchange exchange) {
    Authenticator authenticator = route.authenticator();
    if (authenticator == null) {
      return true;
    }
    if (authenticator.accepts(exchange::header)) {
      exchange.user(authenticator.name());
      return true;
    }
    String challenge = authenticator.challenge();
    if (challenge != null) {
      exchange.setHeader("WWW-Authenticate", challenge);
    }
    exchange.error(401, "the credentials are missing or wrong");
    return false;
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
    return new Payload.Document(
        body, format, parameters, route.merging().bodyGoesFirst(), route.strict());
  }

  private void submit(TrafficExchange exchange, RestHttp http, Payload payload) {
    try {
      pool.submit(route.slot(), route.timeout(), new RestCall(route, exchange, http, payload));
    } catch (BusyException e) {
      exchange.setHeader("Retry-After", Integer.toString(e.retryAfterSeconds()));
      exchange.error(503, e.getMessage() == null ? "busy" : e.getMessage());
    }
  }
}

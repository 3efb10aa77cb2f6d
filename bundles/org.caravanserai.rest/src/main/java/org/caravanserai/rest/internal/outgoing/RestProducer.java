package org.caravanserai.rest.internal.outgoing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.ConnectionProducer;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestRequest;
import org.caravanserai.rest.RestResponse;
import org.osgi.service.component.annotations.Component;

/**
 * {@code connection:outgoing_rest/NAME} in routes, with the headers of Camel's own HTTP components.
 *
 * <p>Options: {@code httpMethod}, and {@code throwExceptionOnFailure} (default {@code true}).
 */
@Component(service = ConnectionProducer.class)
public final class RestProducer implements ConnectionProducer<Rest> {

  private static final int BAD_GATEWAY = 502;

  /** What came in with a request and is nobody's business further on. */
  private static final Set<String> KEPT =
      Set.of("authorization", "cookie", "host", "accept-encoding", "content-type", "expect");

  @Override
  public String kind() {
    return OutgoingRestKind.NAME;
  }

  @Override
  public Class<Rest> facade() {
    return Rest.class;
  }

  @Override
  public void process(Rest connection, Exchange exchange, Map<String, Object> options) {
    Message in = exchange.getMessage();
    Object body = in.getBody();
    RestRequest request = connection.request(method(in, options, body));
    String type = in.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (type != null) {
      request.contentType(type);
    }
    Collection<String> names =
        connection instanceof BoundRest bound
            ? bound.connection().current().address().names()
            : List.of();
    names.forEach(name -> request.param(name, in.getHeader(name)));
    query(request, in.getHeader(Exchange.HTTP_QUERY, String.class));
    String path = in.getHeader(Exchange.HTTP_PATH, String.class);
    if (path != null) {
      request.path(path);
    }
    in.getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String text && !names.contains(name) && isSent(name, text)) {
                request.header(name, text);
              }
            });
    answer(in, request.data(body).send());
    boolean lenient = "false".equals(String.valueOf(options.get("throwExceptionOnFailure")));
    int status = in.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    if (status >= 400 && !lenient) {
      throw new ServiceException(BAD_GATEWAY, "The other system answered " + status);
    }
  }

  private static String method(Message in, Map<String, Object> options, Object body) {
    String header = in.getHeader(Exchange.HTTP_METHOD, String.class);
    Object option = options.get("httpMethod");
    String other = body == null ? "GET" : "POST";
    return header != null ? header : option != null ? option.toString() : other;
  }

  private static boolean isSent(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("camel")
        || lower.startsWith("org.apache.camel")
        || KEPT.contains(lower)
        || Header.isOurs(name)) {
      return false;
    }
    try {
      Header.check(name, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void query(RestRequest request, @org.jspecify.annotations.Nullable String query) {
    if (query == null || query.isEmpty()) {
      return;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      request.param(
          URLDecoder.decode(name, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
  }

  private static void answer(Message message, RestResponse response) {
    message.removeHeader(Exchange.HTTP_METHOD);
    message.removeHeader(Exchange.HTTP_PATH);
    message.removeHeader(Exchange.HTTP_QUERY);
    response
        .headers()
        .forEach(
            (name, values) -> {
              if (!Header.isOurs(name)) {
                message.setHeader(name, values.size() == 1 ? values.get(0) : values);
              }
            });
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
    message.setBody(response.bytes());
  }
}

package org.caravanserai.camel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.CaseInsensitiveMap;
import org.caravanserai.api.Context;
import org.caravanserai.api.Http;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers of messages that come from a call and answer it. */
public final class EntryHeaders {

  /** The exchange property, and header, with the correlation id. */
  public static final String CID = "X-Serai-CID";

  private static final Logger LOG = LoggerFactory.getLogger(EntryHeaders.class);

  /** What frames a request concerns only those who frame it. */
  private static final Set<String> FRAMING =
      Set.of(
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "host",
          "expect");

  private static final int LONGEST_DETAILS = 4000;

  private EntryHeaders() {}

  /**
   * Sets the headers to those of a call.
   *
   * @return what was set
   */
  public static Map<String, Object> set(Message message, Payload payload, Context context) {
    Map<String, Object> headers = new HashMap<>();
    if (payload instanceof Payload.Document document) {
      document.parameters().forEach((name, values) -> put(headers, name, values));
    } else if (payload instanceof Payload.Stream stream) {
      stream.parameters().forEach((name, values) -> put(headers, name, values));
    }
    Http http = context.http().orElse(null);
    if (http == null) {
      // Of another route of this server: as it is between routes of one context.
      headers.putAll(context.headers());
    } else {
      http.query().forEach((name, values) -> put(headers, name, values));
      http.pathParameters().forEach((name, value) -> put(headers, name, List.of(value)));
      http.headers()
          .forEach(
              (name, values) -> {
                if (!FRAMING.contains(name)) {
                  put(headers, properName(name), values);
                }
              });
      headers.put(Exchange.HTTP_METHOD, http.method());
      headers.put(Exchange.HTTP_PATH, http.path());
      headers.put(Exchange.HTTP_URI, http.path());
      headers.put("CamelHttpRemoteAddress", http.remoteAddress());
    }
    headers.forEach(message::setHeader);
    return headers;
  }

  /** The headers of an exchange, for the service that it calls. */
  static Map<String, Object> of(Exchange exchange) {
    Map<String, Object> headers = new CaseInsensitiveMap(exchange.getMessage().getHeaders());
    // What would be the status of this route's answer is not the other's.
    headers.remove(Exchange.HTTP_RESPONSE_CODE);
    return Collections.unmodifiableMap(headers);
  }

  /** Names that begin like Camel's own would steer its components. */
  private static void put(Map<String, Object> headers, String name, List<String> values) {
    if (!isCamels(name)) {
      headers.put(name, values.size() == 1 ? values.get(0) : values);
    }
  }

  private static boolean isCamels(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("camel") || lower.startsWith("org.apache.camel.");
  }

  private static String properName(String name) {
    return name.equals("content-type") ? Exchange.CONTENT_TYPE : name;
  }

  /**
   * Makes an exchange's headers those of the answer to a call.
   *
   * @param given what was set before the route began
   * @throws ServiceException if the route has set a status that says so
   */
  public static void answer(
      Exchange exchange, Map<String, Object> given, @Nullable Object body, Context context) {
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    Http http = context.http().orElse(null);
    if (http != null) {
      message
          .getHeaders()
          .forEach(
              (name, value) -> {
                if (!isCamels(name) && value != null && !value.equals(given.get(name))) {
                  set(http, name, value, exchange);
                }
              });
    }
    if (status == null) {
      return;
    }
    try {
      if (http != null) {
        http.status(status);
        return;
      }
    } catch (IllegalArgumentException e) {
      LOG.trace("{} is no success", status);
    }
    if (status >= 400 && status <= 599) {
      throw new ServiceException(status, details(body, exchange));
    }
  }

  private static void set(Http http, String name, Object value, Exchange exchange) {
    String text =
        exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
    if (text == null) {
      return;
    }
    try {
      http.responseHeader(name, text);
    } catch (IllegalArgumentException e) {
      LOG.debug("{}: {} is no header of the answer: {}", exchange, name, e.getMessage());
    }
  }

  private static String details(@Nullable Object body, Exchange exchange) {
    if (body instanceof InputStream stream) {
      try (stream) {
        return new String(stream.readNBytes(LONGEST_DETAILS), StandardCharsets.UTF_8);
      } catch (IOException e) {
        return "";
      }
    }
    String text =
        body == null
            ? null
            : exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, body);
    return text == null ? "" : text;
  }
}

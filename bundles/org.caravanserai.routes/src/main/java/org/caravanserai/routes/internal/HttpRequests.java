package org.caravanserai.routes.internal;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.caravanserai.api.Channel;
import org.caravanserai.http.ExchangeHttp;
import org.caravanserai.http.Gate;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Slot;

/** Takes the requests at one door. */
final class HttpRequests implements TrafficHandler {

  private static final byte[] NOTHING = new byte[0];
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Gate gate;
  private final Slot slot;
  private final CallPool pool;
  private final Invoker invoker;
  private final HttpDoor door;
  private final Duration timeout;
  private final int maxBody;
  private final BiConsumer<TrafficExchange, Channel> inside = this::serve;

  HttpRequests(
      Gate gate,
      Slot slot,
      CallPool pool,
      Invoker invoker,
      HttpDoor door,
      Duration timeout,
      int maxBody) {
    this.gate = gate;
    this.slot = slot;
    this.pool = pool;
    this.invoker = invoker;
    this.door = door;
    this.timeout = timeout;
    this.maxBody = maxBody;
  }

  @Override
  public void handle(TrafficExchange exchange) {
    gate.pass(exchange, inside);
  }

  private void serve(TrafficExchange exchange, Channel channel) {
    ExchangeHttp http = new ExchangeHttp(exchange, exchange.query());
    if (!exchange.hasBody()) {
      submit(exchange, channel, http, document(NOTHING));
    } else if (door.streams()) {
      InputStream body = exchange.body(maxBody);
      if (body != null) {
        submit(exchange, channel, http, new Payload.Stream(body, DataFormat.RAW, Map.of()));
      }
    } else {
      exchange.readBody(maxBody, body -> submit(exchange, channel, http, whole(exchange, body)));
    }
  }

  private Payload whole(TrafficExchange exchange, byte[] body) {
    String type = exchange.header("Content-Type");
    boolean form =
        door.readsForms() && type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    return form ? new Payload.Value(fields(body)) : document(body);
  }

  /** The fields of a form (WHATWG URL Standard, section 5.1); of several of a name the last. */
  private static Map<String, Object> fields(byte[] body) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equal = pair.indexOf('=');
      if (!pair.isEmpty()) {
        String name = equal < 0 ? pair : pair.substring(0, equal);
        fields.put(decode(name), decode(equal < 0 ? "" : pair.substring(equal + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Payload document(byte[] body) {
    return new Payload.Document(body, DataFormat.RAW, Map.of(), false);
  }

  private void submit(
      TrafficExchange exchange, Channel channel, ExchangeHttp http, Payload payload) {
    try {
      pool.submit(
          slot,
          timeout,
          new HttpCall(slot, invoker, channel, exchange, http, payload, timeout, door));
    } catch (BusyException e) {
      exchange.setHeader("Retry-After", Integer.toString(e.retryAfterSeconds()));
      exchange.error(503, e.getMessage() == null ? "busy" : e.getMessage());
    }
  }
}

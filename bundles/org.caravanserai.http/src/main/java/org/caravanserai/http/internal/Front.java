package org.caravanserai.http.internal;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ResponseUtils;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, on the thread that read it. */
final class Front extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final TrafficRoutesService routes;
  private final HealthService health;
  private final ClientAddresses addresses;
  private final Upgrade upgrade;
  private volatile boolean wasReady;

  Front(
      TrafficRoutesService routes,
      HealthService health,
      ClientAddresses addresses,
      WebSockets sockets) {
    super(InvocationType.NON_BLOCKING);
    this.routes = routes;
    this.health = health;
    this.addresses = addresses;
    this.upgrade = new Upgrade(sockets, health);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String cid = Cid.of(request.getHeaders().get(Cid.HEADER));
    response.getHeaders().put(Cid.HEADER, cid);
    request.addIdleTimeoutListener(Front::isIdle);
    if (health.isStopping()) {
      ResponseUtils.ensureNotPersistent(request, response);
    }
    String path = decodedPath(request.getHttpURI());
    boolean isPubSub = PathTemplate.isPubSub(path);
    RouteTable table = isPubSub ? routes.pubSub() : routes.table();
    Match match =
        PathTemplate.isReserved(path) && !isPubSub
            ? null
            : table.find(request.getMethod(), path, request.getHeaders());
    Map<String, String> parameters = match == null ? Map.of() : match.parameters();
    JettyExchange exchange =
        new JettyExchange(request, response, callback, cid, parameters, addresses, upgrade);
    if (isPubSub) {
      exchange.errorsAs(ErrorForm.PUB_SUB);
    }
    try {
      if (match == null) {
        answerItself(exchange, path, table);
      } else {
        if (match.negotiated()) {
          exchange.vary(HttpHeader.ACCEPT.asString());
        }
        match.route().handler().handle(exchange);
      }
    } catch (ServiceException e) {
      exchange.error(e.status(), e.details());
    } catch (RuntimeException e) {
      LOG.error("{}: {} {} failed", cid, exchange.method(), path, e);
      exchange.error(500, "Internal error");
    }
    return true;
  }

  private void answerItself(TrafficExchange exchange, String path, RouteTable table) {
    if (PathTemplate.isReserved(path) && !PathTemplate.isPubSub(path)) {
      answerReserved(exchange, path);
      return;
    }
    Set<String> methods = table.methods(path);
    TrafficHandler preflight = methods.isEmpty() ? null : preflight(exchange, path, table);
    if (preflight != null) {
      preflight.handle(exchange);
    } else if (methods.contains(exchange.method())) {
      exchange.vary(HttpHeader.ACCEPT.asString());
      exchange.error(406, "nothing here is of a type that Accept names");
    } else if (!methods.isEmpty()) {
      answerMethod(exchange, methods);
    } else if (PathTemplate.isPubSub(path) && !routes.hasPubSub()) {
      exchange.setHeader(HttpHeader.RETRY_AFTER.asString(), "1");
      exchange.error(503, "publish/subscribe is not available now");
    } else if (serverIsStarting()) {
      exchange.setHeader(HttpHeader.RETRY_AFTER.asString(), "1");
      exchange.error(503, "starting");
    } else {
      exchange.error(404, "nothing is at this path");
    }
  }

  /** Who answers for a route that a browser asks about (Fetch Standard, section 3.3.2). */
  private static @Nullable TrafficHandler preflight(
      TrafficExchange exchange, String path, RouteTable table) {
    String method = exchange.header(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD.asString());
    if (method == null
        || !exchange.method().equals("OPTIONS")
        || exchange.header(HttpHeader.ORIGIN.asString()) == null) {
      return null;
    }
    // What the request to come accepts is not known yet.
    Match match = table.find(method, path, HttpFields.EMPTY);
    return match == null ? null : match.route().preflight();
  }

  private void answerReserved(TrafficExchange exchange, String path) {
    boolean live = path.equals("/health/live");
    TrafficHandler openApi = path.equals("/openapi.json") ? routes.openApi() : null;
    if (openApi != null && (exchange.method().equals("GET") || exchange.method().equals("HEAD"))) {
      openApi.handle(exchange);
    } else if (openApi != null) {
      answerMethod(exchange, Set.of("GET", "HEAD"));
    } else if (!live && !path.equals("/health/ready")) {
      exchange.error(404, "nothing is at this path");
    } else if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      answerMethod(exchange, Set.of("GET", "HEAD"));
    } else if (live || health.ready()) {
      exchange.setHeader(HttpHeader.CACHE_CONTROL.asString(), "no-store");
      exchange.answer(200, "text/plain", new byte[] {'o', 'k'}, Front::nothing);
    } else {
      exchange.setHeader(HttpHeader.CACHE_CONTROL.asString(), "no-store");
      exchange.error(503, "not ready");
    }
  }

  private static void answerMethod(TrafficExchange exchange, Set<String> methods) {
    Set<String> allowed = new TreeSet<>(methods);
    allowed.add("OPTIONS");
    exchange.setHeader(HttpHeader.ALLOW.asString(), String.join(", ", allowed));
    if (exchange.method().equals("OPTIONS")) {
      exchange.answer(204, null, new byte[0], Front::nothing);
    } else {
      exchange.error(405, "the method " + exchange.method() + " is not allowed here");
    }
  }

  /** The path without escapes; {@code %2F} and the like have been refused before. */
  private static String decodedPath(HttpURI uri) {
    String path = Objects.requireNonNullElse(uri.getCanonicalPath(), "");
    return path.indexOf('%') < 0 ? path : uri.getDecodedPath();
  }

  /** A connection on which nothing moves is not idle while somebody works for it. */
  private static boolean isIdle(TimeoutException timeout) {
    return false;
  }

  private static void nothing() {}

  private boolean serverIsStarting() {
    if (!wasReady) {
      wasReady = health.ready();
    }
    return !wasReady;
  }
}

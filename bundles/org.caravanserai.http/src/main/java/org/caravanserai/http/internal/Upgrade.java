package org.caravanserai.http.internal;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.caravanserai.http.UpgradeRefusal;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/** Makes a WebSocket of a request (RFC 6455, section 4.2), or says why not. */
final class Upgrade {

  private static final String VERSION = "13";
  private static final int KEY_LENGTH = 16;
  private static final int MAX_FRAME_SIZE = 64 * 1024;

  private final WebSockets sockets;
  private final HealthService health;
  private final Handshaker handshaker = Handshaker.newInstance();

  Upgrade(WebSockets sockets, HealthService health) {
    this.sockets = sockets;
    this.health = health;
  }

  /** Why a request can't become one; {@code null} if it can. */
  @Nullable UpgradeRefusal refusal(Request request, Response response) {
    HttpFields headers = request.getHeaders();
    if (!headers.contains(HttpHeader.UPGRADE, "websocket")
        || !headers.contains(HttpHeader.CONNECTION, "upgrade")
        || !HttpVersion.HTTP_1_1.is(request.getConnectionMetaData().getProtocol())) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
      response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
      return new UpgradeRefusal(426, "a WebSocket is at this path");
    }
    if (!VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
      response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, VERSION);
      return new UpgradeRefusal(426, "Sec-WebSocket-Version must be " + VERSION);
    }
    if (!request.getMethod().equals("GET") || request.getLength() > 0) {
      return new UpgradeRefusal(400, "a WebSocket begins with a GET without a body");
    }
    if (!isKey(headers.get(HttpHeader.SEC_WEBSOCKET_KEY))) {
      return new UpgradeRefusal(400, "Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    if (!isSameOrigin(headers)) {
      return new UpgradeRefusal(403, "scripts of this Origin are not let in");
    }
    boolean stops = health.isStopping() || sockets.isGoingAway();
    if (stops || sockets.isFull()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
      return new UpgradeRefusal(503, stops ? "the server is stopping" : "too many WebSockets");
    }
    return null;
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_LENGTH;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Browsers send a user's credentials with the requests of any site (RFC 6455, section 10.2). */
  private boolean isSameOrigin(HttpFields headers) {
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin == null || sockets.isAllowed(origin)) {
      return true;
    }
    String host = headers.get(HttpHeader.HOST);
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The first of our subprotocols that a client names as well; empty if none. */
  static String protocol(Request request, List<String> ours) {
    List<String> theirs =
        request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    return ours.stream()
        .filter(name -> theirs.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse("");
  }

  /** Answers 101; {@link #refusal} has said nothing against it. */
  void accept(
      Request request,
      Response response,
      Callback callback,
      String protocol,
      Function<WebSockets, JettyWebSocket> socket) {
    WebSocketNegotiator negotiator =
        (asked, answer, unused) -> {
          // Without permessage-deflate: its windows are 300 KB a socket.
          answer.setExtensions(List.of());
          if (!protocol.isEmpty()) {
            answer.setAcceptedSubProtocol(protocol);
          }
          return socket.apply(sockets);
        };
    boolean answered =
        handshaker.upgradeRequest(
            negotiator,
            request,
            response,
            callback,
            WebSocketServerComponents.getWebSocketComponents(
                request.getConnectionMetaData().getConnector().getServer()),
            this::configure);
    if (!answered) {
      callback.failed(new IllegalStateException("not a WebSocket upgrade"));
    }
  }

  private void configure(Configuration configuration) {
    configuration.setIdleTimeout(Duration.ofSeconds(sockets.idleSeconds()));
    configuration.setMaxFrameSize(MAX_FRAME_SIZE);
    configuration.setAutoFragment(true);
  }
}

package org.caravanserai.http;

import java.util.List;

/**
 * On what terms a request becomes a WebSocket.
 *
 * @param maxMessageSize how many bytes a message may have; a client that sends more is closed with
 *     1009
 * @param protocols the subprotocols that are spoken (RFC 6455, section 1.9), the best first; the
 *     first one that the client names as well is agreed on
 */
public record WebSocketTerms(int maxMessageSize, List<String> protocols) {

  /** Keeps its own copy of the protocols. */
  public WebSocketTerms {
    protocols = List.copyOf(protocols);
  }

  /** Terms without a subprotocol. */
  public WebSocketTerms(int maxMessageSize) {
    this(maxMessageSize, List.of());
  }
}

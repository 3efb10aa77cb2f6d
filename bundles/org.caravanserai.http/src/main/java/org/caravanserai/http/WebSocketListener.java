package org.caravanserai.http;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What comes over a WebSocket. Its methods are called on the threads that read from many
 * connections: they must not block. A failure of one closes the socket with 1011.
 */
@ConsumerType
public interface WebSocketListener {

  /** It is open. Nothing is read before {@link WebSocket#demand}. Always the first call. */
  void opened(WebSocket socket);

  /** A whole text has come. The next message comes after this returned, if it was asked for. */
  void text(WebSocket socket, String text);

  /**
   * A whole binary message has come. Unless it says otherwise, a client that sends one is closed.
   */
  default void binary(WebSocket socket, byte[] data) {
    socket.close(1003, "only text is understood here");
  }

  /** The server stops: close it with 1001 as soon as what is under way has ended. */
  default void goingAway(WebSocket socket) {
    socket.close(1001, "the server stops");
  }

  /**
   * It is closed: nothing comes and nothing can be sent any more. Always the last call, exactly
   * once if it was opened; it may come while another call is still inside.
   *
   * @param code the client's reason, or ours, as a number; 1006 if the connection was lost
   * @param reason the same in words, maybe none
   */
  void closed(WebSocket socket, int code, String reason);
}

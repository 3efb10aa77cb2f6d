package org.caravanserai.http;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An open WebSocket (RFC 6455) to a client. All methods may be called from any thread, and none
 * blocks.
 *
 * <p>Nothing is read that nobody has asked for by {@link #demand}: a client that sends faster waits
 * with its own sending. What is sent waits in memory until the client reads it, so whoever sends
 * keeps an eye on {@link #pending}.
 */
@ProviderType
public interface WebSocket {

  /** The correlation id of the request that it was made from. */
  String cid();

  /** The address of the client, in text. */
  String remoteAddress();

  /** The subprotocol that was agreed on; empty if none was. */
  String protocol();

  /** Asks for one more message. Asking again before it has come does nothing. */
  void demand();

  /**
   * Sends a text.
   *
   * @param ended told, exactly once, when it has been handed to the network, or never will be
   */
  void send(String text, Sent ended);

  /**
   * Sends a text that is there as bytes.
   *
   * @param utf8 the text in UTF-8; nobody changes it any more
   * @param ended told, exactly once, when it has been handed to the network, or never will be
   */
  void sendText(byte[] utf8, Sent ended);

  /**
   * Sends bytes, as a binary message.
   *
   * @param data them; nobody changes them any more
   * @param ended told, exactly once, when they have been handed to the network, or never will be
   */
  void send(byte[] data, Sent ended);

  /** How many bytes have been given to send and have not been handed to the network yet. */
  long pending();

  /**
   * Closes it after what has been given to send, but within seconds. What the client still sends is
   * thrown away. Closing again does nothing.
   *
   * @param code 1000, 1001, 1003, 1008 to 1013, or 3000 to 4999 (RFC 6455, section 7.4)
   * @param reason why; cut off after 123 bytes
   */
  void close(int code, String reason);

  /** Whether it is open, and nobody has begun to close it. */
  boolean isOpen();

  /** Is told what became of a message. Must not block. */
  @FunctionalInterface
  interface Sent {

    /** For those who don't need to know. */
    Sent IGNORED = handedOver -> {};

    /**
     * The message is no longer in memory.
     *
     * @param handedOver whether the network has taken all of it; false if the connection was lost
     *     or closed before
     */
    void ended(boolean handedOver);
  }
}

package org.caravanserai.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.caravanserai.security.AccessRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One request and its answer.
 *
 * <p>It is answered exactly once, by the first who answers: what others answer later is dropped.
 * {@code ended} is always run exactly once, when the last byte of the answer has been handed to the
 * network, when the connection is lost, or at once if the answer was dropped. It must not block.
 *
 * <p>Requests are read by one thread at a time; answers may come from any.
 */
@ProviderType
public interface TrafficExchange extends AccessRequest {

  /**
   * The correlation id: the caller's own from {@code X-Serai-CID} if that has 1 to 64 letters,
   * digits, {@code -} and {@code _}; else a new one. It is already set as a header of the answer.
   */
  String cid();

  /** The method, in upper case. */
  String method();

  /** The path as it was sent, percent-encoded, without the query. */
  String path();

  /** What the parameters of the route's path matched, decoded. */
  Map<String, String> pathParameters();

  /**
   * The query's parameters, decoded, in the order in which they were sent.
   *
   * @throws org.caravanserai.api.ServiceException with status 400 if the query is malformed
   */
  Map<String, List<String>> query();

  /** All request headers, by lower-case name. */
  Map<String, List<String>> headers();

  /** The address of the caller, as {@link #clientAddress} in text. */
  String remoteAddress();

  /** Notes who the caller is, for the access log. */
  void user(String name);

  /** Who the caller is, as it was noted; {@code null} if nobody knows. */
  @Nullable String user();

  /** Whether a body was sent, even an empty one in chunks. */
  boolean hasBody();

  /**
   * Reads the whole body without blocking. If that fails the answer is given here: 413 if it is too
   * large, 408 if it stops coming, 400 or 415 if its encoding can't be undone.
   *
   * @param limit how many bytes it may have at most, after decoding
   * @param whole gets the body, once: before this returns, or later on another thread; not if it
   *     could not be read. Must not block
   */
  void readBody(int limit, Consumer<byte[]> whole);

  /**
   * The body as it arrives. Reading blocks; it throws a {@link
   * org.caravanserai.api.ServiceException} with the status that the caller should get if the body
   * is too large, stops coming or can't be decoded.
   *
   * @param limit how many bytes it may have at most, after decoding
   * @return the body; {@code null} after answering here, if it is known to be too large or its
   *     encoding can't be undone
   */
  @Nullable InputStream body(long limit);

  /**
   * Sets a header of the answer to come.
   *
   * @param name its name
   * @param value its value
   */
  void setHeader(String name, String value);

  /**
   * Notes that the answer depends on a header of the request (RFC 9110, section 12.5.5), besides
   * those noted before.
   *
   * @param header its name
   */
  void vary(String header);

  /** Says that errors are answered in XML: {@code <response><result>Error</result>...}. */
  void errorsInXml();

  /**
   * Answers with a document, without blocking.
   *
   * @param status the status
   * @param contentType what the document is; {@code null} for no {@code Content-Type}
   * @param content its bytes; not sent for {@code HEAD}, 204 and 304
   * @param ended see above
   */
  void answer(int status, @Nullable String contentType, byte[] content, Runnable ended);

  /**
   * The same, for those who have to know what became of it.
   *
   * @param written told once: whether the last byte of the answer has been handed to the network;
   *     not if the connection was lost before, or the answer was dropped. Must not block
   */
  void answerTold(int status, String contentType, byte[] content, Consumer<Boolean> written);

  /**
   * Answers with a document that is read while it is sent, on a thread of the listener; returns at
   * once. If reading fails after the answer has begun the connection is cut off, so that nobody
   * takes it for complete.
   *
   * @param status the status
   * @param contentType what the document is
   * @param content it; not closed here
   * @param ended see above
   */
  void answer(int status, String contentType, InputStream content, Runnable ended);

  /**
   * Answers {@code {"result":"Error","cid":"...","details":"..."}}.
   *
   * @param status 400 to 599
   * @param details what the caller reads
   * @param ended see above
   */
  void error(int status, String details, Runnable ended);

  /**
   * Answers by making a WebSocket (RFC 6455) of the connection, if the request asks for one, the
   * server can have one more and does not stop, and no other site's script asks. If so, {@code
   * listener} is told when it is open, now or later on another thread, but for a client that has
   * gone by then: keep nothing for it before.
   *
   * @return {@code null} if so; else why not: it is to be answered then, and the headers that
   *     belong to such an answer are set
   */
  @Nullable UpgradeRefusal upgrade(WebSocketTerms terms, WebSocketListener listener);

  /**
   * Closes the connection without an answer. A caller who came through a trusted proxy is answered
   * with 403 instead: others come over the same connection.
   */
  void drop();

  /** The same for who holds nothing that must be let go of at the end. */
  default void error(int status, String details) {
    error(status, details, () -> {});
  }
}

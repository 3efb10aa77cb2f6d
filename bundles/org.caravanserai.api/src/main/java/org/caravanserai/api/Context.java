package org.caravanserai.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.slf4j.Logger;

/**
 * The surroundings of one call of a {@link Service}, whatever protocol it came by.
 *
 * <p>It belongs to that call: keep no reference to it afterwards.
 */
@ProviderType
public interface Context {

  /** The correlation id: one for each tree of calls, in every log line and error reply of it. */
  String cid();

  /** The name of the service that is being called. */
  String service();

  /** The way by which the call came in. */
  Channel channel();

  /** The HTTP side of the call, if it came through an HTTP channel. */
  Optional<Http> http();

  /**
   * The headers of the message with which the call came, by names that are found in any case: those
   * of the exchange if a Camel route called, of the request if it came by HTTP (a text, or a list
   * of texts where there are several), else none. Unmodifiable; they are the caller's word.
   */
  Map<String, Object> headers();

  /** A logger named after the service; its lines carry the correlation id. */
  Logger log();

  /**
   * Calls another service and waits for its output.
   *
   * @param service the other service's name
   * @param payload its input: passed on as it is when it is of the class which the service takes,
   *     else converted member by member
   * @param type the class in which the output is wanted, converted in the same way; {@code
   *     Void.class} to ignore it. A stream is closed when this call ends, if it is not closed
   *     before; until then it holds the other service's revision. A stream as payload is closed
   *     when the other service's call ends
   * @return the output, {@code null} if the service has nothing to say
   * @throws ServiceException as thrown by the other service; with status 400 if the payload does
   *     not fit its input, 503 if no such service is deployed, 504 if this call's time ran out
   *     while waiting, 508 if services call each other deeper than the server allows
   * @throws IllegalStateException if this call has ended
   */
  <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type);

  /**
   * Calls another service without waiting.
   *
   * @param service the other service's name
   * @param payload its input, as for {@link #invoke}
   * @param type the class in which the output is wanted
   * @return the output to come; it fails with what {@link #invoke} throws, or with a {@link
   *     ServiceException} of status 503 when the server has no thread left for the call. This
   *     service's revision stays until what is chained to it has run
   * @throws IllegalStateException if this call has ended
   */
  <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type);

  /**
   * A configured connection to another system, for the time of this call. Ask for it in each call:
   * it costs one look in a table, and follows the changes of its configuration.
   *
   * <p>What is read from it piece by piece (streams, result sets) is closed when this call ends, if
   * it is not closed before. The correlation id is passed on where the protocol has a place for it.
   *
   * @param facade what the kind of connection shows to services, such as {@code
   *     org.caravanserai.rest.Rest} of {@code outgoing_rest}
   * @param name the connection's name
   * @throws ServiceException with status 503 if no such connection is open: there is none of that
   *     name, it is not active, it waits for something or could not be opened; the log has the
   *     reason
   * @throws IllegalStateException if this call has ended
   */
  <T> T connection(Class<T> facade, String name);
}

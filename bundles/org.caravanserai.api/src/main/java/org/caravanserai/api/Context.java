package org.caravanserai.api;

import java.time.Clock;
import java.time.Duration;
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

  /**
   * The time of the server. A service that asks it, and not the system's, can be tested at any
   * time.
   */
  Clock clock();

  /** A logger named after the service; its lines carry the correlation id. */
  Logger log();

  /**
   * Calls another service and waits for its output.
   *
   * <p>It has as long as this call has left: when that time runs out, the thread of both is
   * interrupted.
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
   *     service's revision stays until what is chained to it has run. The call has the server's
   *     {@code async_timeout}, however long this one has left, and goes on when this one ends; to
   *     cancel the stage's future interrupts it
   * @throws IllegalStateException if this call has ended
   */
  <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type);

  /**
   * The call of another service for whose end nobody waits, with callbacks if wanted.
   *
   * @param service the other service's name
   * @param payload its input, as for {@link #invoke}
   */
  AsyncCall invokeAsync(String service, @Nullable Object payload);

  /** Calls of several services at the same time, none yet. */
  ParallelCalls parallel();

  /**
   * Calls of several services at the same time, none yet, and of others once all of them have
   * ended.
   */
  FanOut fanOut();

  /**
   * The call of another service that is tried again if it fails by what may pass.
   *
   * @param service the other service's name
   * @param payload its input, as for {@link #invoke}
   */
  Retry retry(String service, @Nullable Object payload);

  /**
   * Publishes a message and waits until it is safe on the disk.
   *
   * @param target the name of a topic or queue, or else of a service, which then gets the message
   *     as soon as it can, also after a restart of the server
   * @param data what it says: text and bytes as they are, anything else as JSON
   * @return the message's id
   * @throws ServiceException with status 404 if there is nothing of that name, 413 if the data is
   *     too large for it, 429 if it is full, 507 if the disk is full, 503 if the broker is not
   *     there, 504 if the disk did not answer in the time of this call
   * @throws IllegalArgumentException if the data can't be written as JSON
   * @throws IllegalStateException if this call has ended
   */
  default String publish(String target, Object data) {
    return publish(target, data, PublishOptions.NONE);
  }

  /**
   * The same with what the message says beside its data.
   *
   * @throws ServiceException as above, and with status 400 if an option makes no sense
   */
  String publish(String target, Object data, PublishOptions options);

  /**
   * Publishes a message without waiting.
   *
   * @return its id once it is safe on the disk; fails with what {@link #publish(String, Object,
   *     PublishOptions)} throws. This service's revision stays until what is chained to it has run
   */
  CompletionStage<String> publishAsync(String target, Object data, PublishOptions options);

  /**
   * A user configuration file as it is now: {@code NAME.yaml}, {@code .yml}, {@code .properties} or
   * {@code .ini} in the folder {@code user-conf} of the server's data, or in a folder of that name
   * in a watched one.
   *
   * @param name the file's name without its ending
   * @throws ServiceException with status 503 if there is no such file, or it has never been in
   *     order
   */
  Config config(String name);

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

  /**
   * The default cache: the one that is configured with {@code is_default}, else the one named
   * {@code default}, which is always there.
   *
   * @throws ServiceException with status 503 if this server has no caches
   * @throws IllegalStateException if this call has ended
   */
  Cache cache();

  /**
   * A cache by its name.
   *
   * @throws ServiceException with status 404 if there is none of that name, or it is not active;
   *     with status 503 if this server has no caches
   * @throws IllegalStateException if this call has ended
   */
  Cache cache(String name);

  /**
   * Calls of services at later times, which survive restarts.
   *
   * @throws ServiceException with status 503 if the scheduler is not there
   * @throws IllegalStateException if this call has ended
   */
  Schedule schedule();

  /**
   * A lock that lives 20 seconds at most; waits 10 seconds at most for it.
   *
   * @throws ServiceException as {@link #lock(String, Duration, Duration)} does
   */
  default Lock lock(String name) {
    return lock(name, Duration.ofSeconds(20), Duration.ofSeconds(10));
  }

  /**
   * A lock: of all who ask for the same name, in all servers that share a database, one holds it at
   * a time. It is not re-entrant. It is let go of when this call ends, if it is not closed before,
   * or when its time to live is over: also when its server has died.
   *
   * @param name what is guarded
   * @param ttl how long it lives at most
   * @param wait how long to wait for it; zero to try once
   * @throws ServiceException with status 409 if somebody else has held it all the time, 400 if a
   *     name or time makes no sense, 503 if the database is not there, 504 if this call's time ran
   *     out while waiting
   * @throws IllegalStateException if this call has ended
   */
  Lock lock(String name, Duration ttl, Duration wait);
}

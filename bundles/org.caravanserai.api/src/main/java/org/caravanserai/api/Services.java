package org.caravanserai.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The services of the server, for bundles that call them from outside: an OSGi service, of which
 * there is one.
 *
 * <p>Services themselves call others by their {@link Context}, so that the correlation id, the time
 * limit and the depth of the call go on. Here each call begins a tree of calls of its own.
 */
@ProviderType
public interface Services {

  /**
   * Calls a service on the calling thread and waits for its output.
   *
   * @param service the service's name
   * @param payload its input, as for {@link Context#invoke}
   * @param type the class in which the output is wanted, converted in the same way; {@code
   *     Void.class} to ignore it. A stream holds the service's revision until it is closed
   * @return the output, {@code null} if the service has nothing to say
   * @throws ServiceException as thrown by the service; with status 400 if the payload does not fit
   *     its input, 503 if no such service is deployed, 504 if it does not answer within the
   *     server's {@code async_timeout}
   */
  <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type);

  /**
   * Calls a service on the server's pool of calls, without waiting.
   *
   * @param service the service's name
   * @param payload its input, as for {@link Context#invoke}
   * @param type the class in which the output is wanted
   * @return the output to come; it fails with what {@link #invoke} throws, or with a {@link
   *     ServiceException} of status 503 when the server has no thread left for the call
   */
  <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type);

  /**
   * Publishes a message and waits until it is safe on the disk.
   *
   * @param target the name of a topic or queue, or else of a service, which then gets the message
   *     as soon as it can, also after a restart of the server
   * @param data what it says: text and bytes as they are, anything else as JSON
   * @return the message's id
   * @throws ServiceException with status 404 if there is nothing of that name, 413 if the data is
   *     too large for it, 429 if it is full, 507 if the disk is full, 503 if the broker is not
   *     there, 504 if the disk did not answer within the server's {@code async_timeout}
   * @throws IllegalArgumentException if the data can't be written as JSON
   */
  String publish(String target, Object data, PublishOptions options);

  /**
   * Publishes a message without waiting.
   *
   * @return its id once it is safe on the disk; fails with what {@link #publish} throws
   */
  CompletionStage<String> publishAsync(String target, Object data, PublishOptions options);
}

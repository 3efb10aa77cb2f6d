package org.caravanserai.camel;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The Camel context of a deployment with routes, for the time of one call: {@code
 * context.connection(Camel.class, "orders")} for {@code orders.camel.yaml}.
 *
 * <p>Messages go to any endpoint of that context, such as {@code direct:ship} where one of its
 * routes starts. They enter the revision that is live and end in it, whatever is deployed
 * meanwhile. The correlation id goes with them, as the exchange property {@code X-Serai-CID}.
 *
 * <p>All methods throw a {@link ServiceException}, or fail with it: the one that the route ended
 * with, if it was one; else 500 with the route's exception as its cause, which the log has; 503 if
 * nothing takes messages at the endpoint, 504 if there is no answer in the time that this call has
 * left, or that the endpoint sets.
 */
@ProviderType
public interface Camel {

  /**
   * A message to be filled in.
   *
   * @param uri the endpoint
   */
  CamelMessage to(String uri);

  /**
   * Sends a message that wants no answer (in-only), and waits until the endpoint is done with it.
   *
   * @param uri the endpoint
   * @param body the body; a stream is closed when the endpoint is done
   */
  default void send(String uri, @Nullable Object body) {
    to(uri).body(body).send();
  }

  /**
   * Sends a message that wants no answer (in-only), and waits until the endpoint is done with it.
   *
   * @param uri the endpoint
   * @param body the body; a stream is closed when the endpoint is done
   * @param headers headers of the message
   */
  default void send(String uri, @Nullable Object body, Map<String, ?> headers) {
    to(uri).body(body).headers(headers).send();
  }

  /**
   * Sends a message and waits for its answer (in-out).
   *
   * @param uri the endpoint
   * @param body the body; a stream is closed when the endpoint is done
   * @param type the class in which the answer's body is wanted, as for {@link CamelAnswer#body}
   * @return the body of the answer; {@code null} if it has none
   */
  default <T> @Nullable T request(String uri, @Nullable Object body, Class<T> type) {
    return to(uri).body(body).request().body(type);
  }

  /**
   * Sends a message and waits for its answer (in-out).
   *
   * @param uri the endpoint
   * @param body the body; a stream is closed when the endpoint is done
   * @param headers headers of the message
   * @param type the class in which the answer's body is wanted, as for {@link CamelAnswer#body}
   * @return the body of the answer; {@code null} if it has none
   */
  default <T> @Nullable T request(
      String uri, @Nullable Object body, Map<String, ?> headers, Class<T> type) {
    return to(uri).body(body).headers(headers).request().body(type);
  }

  /**
   * Sends a message without waiting for its answer (in-out).
   *
   * @param uri the endpoint
   * @param body the body; a stream is closed when the endpoint is done
   * @param headers headers of the message
   * @param type the class in which the answer's body is wanted, as for {@link CamelAnswer#body}
   * @return the body to come
   */
  default <T> CompletionStage<@Nullable T> requestAsync(
      String uri, @Nullable Object body, Map<String, ?> headers, Class<T> type) {
    return to(uri).body(body).headers(headers).requestAsync().thenApply(each -> each.body(type));
  }
}

package org.caravanserai.camel;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A message for an endpoint, being filled in; it is sent once. See {@link Camel} for failures. */
@ProviderType
public interface CamelMessage {

  /**
   * Sets the body.
   *
   * @param body any object; a stream is closed when the endpoint is done with the message
   */
  CamelMessage body(@Nullable Object body);

  /**
   * Sets a header.
   *
   * @param name its name
   * @param value its value; {@code null} for none
   */
  CamelMessage header(String name, @Nullable Object value);

  /** Sets headers. */
  CamelMessage headers(Map<String, ?> headers);

  /** Sends it, wanting no answer (in-only), and waits until the endpoint is done with it. */
  void send();

  /** Sends it, wanting no answer (in-only); the stage completes when the endpoint is done. */
  CompletionStage<@Nullable Void> sendAsync();

  /** Sends it and waits for the answer (in-out). */
  CamelAnswer request();

  /**
   * Sends it without waiting for the answer (in-out). The service's revision stays until what is
   * chained to the stage has run.
   */
  CompletionStage<CamelAnswer> requestAsync();
}

package org.caravanserai.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A piece of business logic with a dotted name, independent of the protocol, the channel and the
 * data format through which it is called.
 *
 * <p>One instance is made for each deployed revision, by its public no-argument constructor, and is
 * called concurrently by many threads. If the class is also {@link AutoCloseable}, {@code close()}
 * is called once, after the last call of that revision has ended. Constructor, calls and {@code
 * close()} see the class loader of the service as their thread's context class loader.
 *
 * <p>{@code I} and {@code O} are read from the class when it is deployed; a class whose types stay
 * unresolved (a raw {@code Service}, a type variable) is refused. Both may be
 *
 * <ul>
 *   <li>a record, whose components may be records, lists, maps, enums, {@link java.util.Optional},
 *       {@code java.time} types, {@link java.math.BigDecimal}, text, numbers and booleans. A
 *       component is required unless it is an {@code Optional} or is annotated with
 *       {@code @Nullable} (of any package) or {@code @JsonProperty(defaultValue = "...")}; absent
 *       and {@code null} mean the same; unknown members are ignored. Numbers are exact and never
 *       made of text, except of parameters and forms, which know nothing but text. An {@link
 *       IllegalArgumentException} of its constructor tells the caller, with status 400, why the
 *       values are not accepted;
 *   <li>{@link String} or {@code byte[]}: the raw body. As an output it is sent as it is, with the
 *       content type of the channel: text that a channel with JSON returns has to be JSON already;
 *   <li>{@link java.io.InputStream}: the body as it arrives. The server closes both streams, the
 *       one that it passes in and the one that is returned;
 *   <li>Jackson's {@code JsonNode} or {@code Map<String, Object>}: any JSON document, in which
 *       whole numbers are {@code Integer}, {@code Long} or {@code BigInteger} and others {@code
 *       BigDecimal}. No body at all is an object without members;
 *   <li>a {@link java.util.List} of any of the structured ones;
 *   <li>{@link Void}: no input (what was sent is ignored), or no output.
 * </ul>
 *
 * <p>{@code O} may also be a {@link java.util.concurrent.CompletionStage} of any of these: the call
 * then ends when the stage completes, and holds no thread meanwhile.
 *
 * @param <I> the input
 * @param <O> the output
 */
@FunctionalInterface
@ConsumerType
public interface Service<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Handles one call.
   *
   * @param input the input; {@code null} only if {@code I} is {@link Void}
   * @param context the surroundings of this call, valid until it ends
   * @return the output; {@code null} means "nothing to say" (HTTP status 204)
   * @throws ServiceException to choose the status and the words that the caller sees
   * @throws Exception anything else: the caller sees an internal error with the correlation id and
   *     no detail, the log has the rest
   */
  O handle(I input, Context context) throws Exception;
}

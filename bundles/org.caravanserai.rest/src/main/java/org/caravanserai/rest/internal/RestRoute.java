package org.caravanserai.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.rest.internal.cache.ChannelCache;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * What a channel needs at each request, looked up once.
 *
 * @param way the way to what answers
 * @param slot the place of its service; without one, a place of its own in the pool
 * @param gate who is let in
 * @param format the format of bodies
 * @param contentType the content type of answers; {@code null} for that of the output
 * @param timeout how long the service may take
 * @param maxBody how many bytes a body may have
 * @param strict whether members that the service does not know are an error
 * @param merging how parameters become part of the input
 * @param encoding the encoding of text; {@code null} for UTF-8
 * @param preamble what is settled first; {@code null} if nothing is
 * @param cache the answers that are kept; {@code null} if none are
 * @param schema what JSON bodies must be like; {@code null} for anything
 * @param readsWhole whether bodies are read as a whole, whatever the service takes
 */
record RestRoute(
    Way way,
    Slot slot,
    Gate gate,
    DataFormat format,
    @Nullable String contentType,
    Duration timeout,
    int maxBody,
    boolean strict,
    Merging merging,
    @Nullable DataEncoding encoding,
    @Nullable Preamble preamble,
    @Nullable ChannelCache cache,
    @Nullable RequestSchema schema,
    boolean readsWhole) {

  /** The route of a channel whose fields are valid. */
  static RestRoute of(
      RestChannel object, Way way, Slot slot, Gate gate, @Nullable ChannelCache cache) {
    return new RestRoute(
        way,
        slot,
        gate,
        object.dataFormat(),
        object.contentType().orElse(null),
        object.timeout(),
        ByteSize.parse(object.maxRequestSize()),
        object.strict(),
        Merging.of(object),
        DataEncoding.of(object.dataEncoding()),
        Preamble.of(object),
        cache,
        object.requestSchema().map(RequestSchema::of).orElse(null),
        object.requestSchema().isPresent() || !object.destinations().isEmpty());
  }

  /** The requests of a channel. */
  static TrafficRoute traffic(RestChannel object, TrafficHandler handler) {
    return new TrafficRoute(
        RestKind.NAME,
        object.name(),
        PathTemplate.parse(object.urlPath(), object.matchSlash()),
        methods(object.method()),
        object.httpAccept().toLowerCase(Locale.ROOT),
        handler,
        preflight(object),
        object.isAutomatic());
  }

  private static @Nullable TrafficHandler preflight(RestChannel object) {
    Preamble preamble = Preamble.of(object);
    CrossOrigin cors = preamble == null ? null : preamble.cors();
    return cors == null ? null : cors::preflight;
  }

  /** Methods as routes spell them; of none, all that a route may take. */
  static Set<String> methods(List<String> names) {
    return names.isEmpty()
        ? TrafficRoute.ANY_METHOD
        : names.stream()
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }
}

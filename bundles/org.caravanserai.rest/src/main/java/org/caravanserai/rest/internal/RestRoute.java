package org.caravanserai.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What a channel needs at each request, looked up once.
 *
 * @param camel the way through its Camel route
 * @param slot the place of its service
 * @param gate who is let in
 * @param format the format of bodies
 * @param contentType the content type of answers; {@code null} for that of the output
 * @param timeout how long the service may take
 * @param maxBody how many bytes a body may have
 * @param strict whether members that the service does not know are an error
 */
record RestRoute(
    ChannelRoute camel,
    Slot slot,
    Gate gate,
    DataFormat format,
    @Nullable String contentType,
    Duration timeout,
    int maxBody,
    boolean strict) {

  /** The route of a channel whose fields are valid. */
  static RestRoute of(RestChannel object, ChannelRoute camel, Slot slot, Gate gate) {
    return new RestRoute(
        camel,
        slot,
        gate,
        object.dataFormat(),
        object.contentType().orElse(null),
        object.timeout(),
        ByteSize.parse(object.maxRequestSize()),
        object.strict());
  }

  /** The requests of a channel. */
  static TrafficRoute traffic(RestChannel object, TrafficHandler handler) {
    return new TrafficRoute(
        RestKind.NAME + " " + object.name(),
        PathTemplate.parse(object.urlPath()),
        methods(object.method()),
        handler);
  }

  private static Set<String> methods(List<String> names) {
    return names.isEmpty()
        ? TrafficRoute.ANY_METHOD
        : names.stream()
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }
}

package org.caravanserai.rest.internal.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.caravanserai.spi.Field;

/**
 * Which answers of a channel are kept, and for whom: the field {@code response_cache}.
 *
 * @param isEnabled whether any is
 * @param ttl for how long
 * @param ttlUnit in which unit
 * @param isSharedAcrossCallers whether callers get what others have asked for
 * @param varyByHeaders headers of the request on which the answer depends
 * @param ignoredQueryParameters parameters of the query on which it does not
 * @param includeBodyInKey whether requests with a body are kept as well, by their body
 * @param maxBodySize how many bytes an answer may have
 * @param cacheOnSecondRequest whether an answer is kept only if it is asked for again
 * @param needsEtag whether answers have an {@code ETag}
 * @param coalesceTimeout how long a request waits for another one that asks the same; 0 for not
 */
public record CachePolicy(
    @Field(help = "Whether answers are kept.", defaultValue = "false") boolean isEnabled,
    @Field(help = "For how long.", defaultValue = "5", min = 1, max = 1_000_000) int ttl,
    @Field(help = "The unit of that.", defaultValue = "minutes") Unit ttlUnit,
    @Field(
            help = "Whether callers with different credentials get the same answer.",
            defaultValue = "false")
        boolean isSharedAcrossCallers,
    @Field(help = "The headers of the request on which the answer depends.", defaultValue = "[]")
        List<String> varyByHeaders,
    @Field(help = "The parameters on which it does not.", defaultValue = "[]")
        List<String> ignoredQueryParameters,
    @Field(
            help = "Whether methods other than GET are kept as well, by the body of the request.",
            defaultValue = "false")
        boolean includeBodyInKey,
    @Field(
            help = "How many bytes an answer may have to be kept.",
            defaultValue = "1000000",
            min = 1,
            max = Integer.MAX_VALUE)
        int maxBodySize,
    @Field(
            help = "Whether only what is asked for twice within that time is kept.",
            defaultValue = "true")
        boolean cacheOnSecondRequest,
    @Field(
            help = "Whether answers have an ETag, and 304 is answered to those who have them.",
            defaultValue = "false")
        boolean needsEtag,
    @Field(
            help = "How long a request waits for one that asks the same; 0 for not at all.",
            defaultValue = "15",
            min = 0,
            max = 3600)
        Duration coalesceTimeout) {

  /** A unit of time. */
  public enum Unit {
    /** A second. */
    SECONDS(1),
    /** A minute. */
    MINUTES(60),
    /** An hour. */
    HOURS(3600);

    private final int seconds;

    Unit(int seconds) {
      this.seconds = seconds;
    }
  }

  /** For how long answers are kept. */
  Duration lifetime() {
    return Duration.ofSeconds((long) ttl * ttlUnit.seconds);
  }

  /** Whether the answer is known to depend on a header. */
  boolean variesBy(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    return varyByHeaders.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(lower));
  }
}

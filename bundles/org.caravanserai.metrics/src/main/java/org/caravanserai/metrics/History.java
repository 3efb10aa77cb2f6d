package org.caravanserai.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The numbers of the last time, such as of the last hour; in memory, so that they begin with the
 * server.
 */
@ProviderType
public interface History {

  /** The settings of it. */
  record Limits(int intervalSeconds, int moments, int subjects) {}

  /** How much is kept. */
  Limits limits();

  /**
   * Numbers over a time.
   *
   * @param stepSeconds how many seconds there are between two points
   * @param times the moments, as seconds since 1970; each stands for the step that begins there
   * @param values the values of each number by its name, one for each moment; {@code null} where it
   *     is not known
   */
  record Span(int stepSeconds, List<Long> times, Map<String, List<@Nullable Double>> values) {}

  /**
   * What is known of a subject.
   *
   * @param subject the name of a service, or {@link Numbers#SERVER}
   * @param from from when on
   * @param stepSeconds the time that one point stands for
   * @return empty if nothing is kept of that subject
   */
  Optional<Span> read(String subject, Instant from, int stepSeconds);
}

package org.caravanserai.metrics.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.metrics.History;
import org.caravanserai.metrics.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the last moments, in rings. A subject of which nothing was told in all of them is
 * forgotten; while there are too many, nothing is kept of new ones.
 */
final class NumberMemory implements Numbers {

  private final int moments;
  private final int places;
  private final int subjects;
  private final long[] times;
  private final Map<String, Subject> known = new HashMap<>();
  // The place that is written to; those before it are told.
  private int next;
  private int count;
  private double seconds = 1;

  NumberMemory(int moments, int subjects) {
    this.moments = moments;
    this.places = moments + 1;
    this.subjects = subjects;
    this.times = new long[places];
    known.put(SERVER, new Subject());
  }

  /** What is kept of one subject. */
  private final class Subject {

    private final Map<String, Ring> rings = new LinkedHashMap<>();
    private int silentFor;

    Ring ring(String name, boolean isLatency) {
      silentFor = 0;
      return rings.computeIfAbsent(name, key -> new Ring(isLatency));
    }
  }

  /** The values of one number. */
  private final class Ring {

    private final float[] values = new float[places];
    private final boolean isLatency;

    Ring(boolean isLatency) {
      this.isLatency = isLatency;
      Arrays.fill(values, unsaid());
    }

    float unsaid() {
      return isLatency ? Float.NaN : 0;
    }
  }

  /**
   * A new moment begins.
   *
   * @param millis when it is, since 1970
   * @param passed how many seconds after the one before
   */
  synchronized void begin(long millis, double passed) {
    seconds = passed;
    times[next] = millis;
    for (Subject subject : known.values()) {
      subject.silentFor++;
      for (Ring ring : subject.rings.values()) {
        ring.values[next] = ring.unsaid();
      }
    }
    known
        .entrySet()
        .removeIf(each -> each.getValue().silentFor > moments && !each.getKey().equals(SERVER));
  }

  /** All that there is to know of the moment was told. */
  synchronized void end() {
    next = (next + 1) % places;
    count = Math.min(count + 1, moments);
  }

  @Override
  public synchronized double seconds() {
    return seconds;
  }

  @Override
  public void level(String subject, String name, double value) {
    put(subject, name, value, false);
  }

  @Override
  public void latency(String subject, String name, double value) {
    put(subject, name, value, true);
  }

  private synchronized void put(String subject, String name, double value, boolean isLatency) {
    Subject to = known.get(subject);
    if (to == null) {
      if (known.size() > subjects) {
        return;
      }
      to = new Subject();
      known.put(subject, to);
    }
    to.ring(name, isLatency).values[next] = (float) value;
  }

  /** What is known of a subject from a time on, in steps. */
  synchronized Optional<History.Span> read(String subject, long fromMillis, int stepSeconds) {
    Subject from = known.get(subject);
    if (from == null) {
      return Optional.empty();
    }
    List<Long> steps = new ArrayList<>();
    // The step of each moment, from the oldest on.
    int[] stepOf = new int[count];
    for (int i = 0; i < count; i++) {
      long millis = times[at(i)];
      long step = Math.floorDiv(millis / 1000, stepSeconds) * stepSeconds;
      if (millis >= fromMillis && (steps.isEmpty() || step > steps.get(steps.size() - 1))) {
        steps.add(step);
      }
      stepOf[i] = millis < fromMillis ? -1 : steps.size() - 1;
    }
    Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
    from.rings.forEach((name, ring) -> values.put(name, read(ring, stepOf, steps.size())));
    return Optional.of(new History.Span(stepSeconds, steps, values));
  }

  private List<@Nullable Double> read(Ring ring, int[] stepOf, int steps) {
    double[] sums = new double[steps];
    int[] counts = new int[steps];
    for (int i = 0; i < count; i++) {
      float value = ring.values[at(i)];
      int step = stepOf[i];
      if (step < 0 || Float.isNaN(value)) {
        continue;
      }
      sums[step] = ring.isLatency ? Math.max(sums[step], value) : sums[step] + value;
      counts[step]++;
    }
    List<@Nullable Double> values = new ArrayList<>(steps);
    for (int i = 0; i < steps; i++) {
      values.add(counts[i] == 0 ? null : rounded(ring.isLatency ? sums[i] : sums[i] / counts[i]));
    }
    return values;
  }

  /** Six digits are what a float knows, and all that anybody wants to read. */
  private static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 5);
    return unit >= 1 ? Math.round(value) : (double) Math.round(value / unit) / Math.round(1 / unit);
  }

  /** The place of a moment, counted from the oldest that is known. */
  private int at(int index) {
    return (next - count + index + places) % places;
  }
}

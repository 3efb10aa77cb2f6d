package org.caravanserai.http.internal;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is counted of the requests of each channel. */
final class ChannelMeters {

  private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final Counter requests =
      Counter.builder()
          .name("serai_channel_requests_total")
          .help("Requests that were answered, by the class of their status")
          .labelNames("kind", "channel", "status")
          .withoutExemplars()
          .build();
  private final Histogram durations =
      Histogram.builder()
          .name("serai_channel_request_duration_seconds")
          .help("From the first byte of a request to the last byte of its answer")
          .labelNames("kind", "channel")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .withoutExemplars()
          .build();

  /** Registers them. */
  void register(PrometheusRegistry registry) {
    registry.register(requests);
    registry.register(durations);
  }

  /** Takes them away. */
  void unregister(PrometheusRegistry registry) {
    registry.unregister(requests);
    registry.unregister(durations);
  }

  /** The meter of a channel, which counts on when the channel changes. */
  ChannelMeter of(String kind, String channel) {
    return new ChannelMeter(kind, channel);
  }

  /** Counts the requests of one channel. */
  final class ChannelMeter {

    private final String kind;
    private final String channel;
    // Filled by whoever comes first: the same data point whoever asks for it.
    private final @Nullable CounterDataPoint[] counts = new CounterDataPoint[CLASSES.length];
    private final DistributionDataPoint duration;

    private ChannelMeter(String kind, String channel) {
      this.kind = kind;
      this.channel = channel;
      duration = durations.labelValues(kind, channel);
    }

    /** Counts an answer. */
    void ended(int status, long nanos) {
      int index = Math.min(Math.max(status / 100, 1), CLASSES.length) - 1;
      CounterDataPoint count = counts[index];
      if (count == null) {
        count = requests.labelValues(kind, channel, CLASSES[index]);
        counts[index] = count;
      }
      count.inc();
      duration.observe((double) nanos / TimeUnit.SECONDS.toNanos(1));
    }

    /** Forgets the channel. */
    void close() {
      for (String each : CLASSES) {
        requests.remove(kind, channel, each);
      }
      durations.remove(kind, channel);
    }
  }
}

package org.caravanserai.metrics.internal;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.caravanserai.metrics.ConnectionMeter;
import org.jspecify.annotations.Nullable;

/** What is counted of the calls through each outgoing connection. */
final class ConnectionMeters {

  private static final int FAILED = 0;
  private static final String[] CLASSES = {"failed", "1xx", "2xx", "3xx", "4xx", "5xx"};
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final Counter calls =
      Counter.builder()
          .name("serai_connection_requests_total")
          .help("Calls to other systems, by the class of their status; failed without an answer")
          .labelNames("kind", "connection", "status")
          .withoutExemplars()
          .build();
  private final Histogram durations =
      Histogram.builder()
          .name("serai_connection_request_duration_seconds")
          .help("From the call to its answer, with what was tried again")
          .labelNames("kind", "connection")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .withoutExemplars()
          .build();

  ConnectionMeters(PrometheusRegistry registry) {
    registry.register(calls);
    registry.register(durations);
  }

  ConnectionMeter of(String kind, String name) {
    return new Meter(kind, name);
  }

  private final class Meter implements ConnectionMeter {

    private final String kind;
    private final String name;
    // Filled by whoever comes first: the same data point whoever asks for it.
    private final @Nullable CounterDataPoint[] counts = new CounterDataPoint[CLASSES.length];
    private final DistributionDataPoint duration;

    Meter(String kind, String name) {
      this.kind = kind;
      this.name = name;
      duration = durations.labelValues(kind, name);
    }

    @Override
    public void answered(int status, long nanos) {
      count(Math.min(Math.max(status / 100, 1), CLASSES.length - 1), nanos);
    }

    @Override
    public void failed(long nanos) {
      count(FAILED, nanos);
    }

    private void count(int index, long nanos) {
      CounterDataPoint count = counts[index];
      if (count == null) {
        count = calls.labelValues(kind, name, CLASSES[index]);
        counts[index] = count;
      }
      count.inc();
      duration.observe((double) nanos / TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    public void close() {
      for (String each : CLASSES) {
        calls.remove(kind, name, each);
      }
      durations.remove(kind, name);
    }
  }
}

package org.caravanserai.pubsub.internal;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.metrics.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells in the metrics what is published, and how it is with each queue of the broker. */
@Component(service = PubSubMetrics.class, immediate = true)
public final class PubSubMetrics implements MultiCollector {

  private static final List<String> NAMES =
      List.of(
          "serai_pubsub_published",
          "serai_pubsub_queue_messages",
          "serai_pubsub_queue_delivering",
          "serai_pubsub_queue_consumers",
          "serai_pubsub_queue_oldest_seconds",
          "serai_pubsub_queue_added",
          "serai_pubsub_queue_acknowledged",
          "serai_pubsub_queue_expired");

  private final Broker broker;
  private final Publisher publisher;
  private final Metrics metrics;

  /** Registers them. */
  @Activate
  public PubSubMetrics(
      @Reference Broker broker, @Reference Publisher publisher, @Reference Metrics metrics) {
    this.broker = broker;
    this.publisher = publisher;
    this.metrics = metrics;
    metrics.registry().register(this);
  }

  /** Takes them away. */
  @Deactivate
  public void stop() {
    metrics.registry().unregister(this);
  }

  @Override
  public List<String> getPrometheusNames() {
    return NAMES;
  }

  @Override
  public MetricSnapshots collect() {
    List<QueueInfo> queues = broker.queues();
    long now = System.currentTimeMillis();
    return MetricSnapshots.of(
        published(),
        gauge("messages", "Messages in a queue", queues, QueueInfo::depth),
        gauge("delivering", "Messages that somebody works on", queues, QueueInfo::delivering),
        gauge("consumers", "Those who receive from a queue", queues, QueueInfo::consumers),
        gauge(
            "oldest_seconds",
            "How long the first message of a queue has waited",
            queues,
            queue -> age(queue, now)),
        counter("added", "Messages that came into a queue", queues, QueueInfo::added),
        counter(
            "acknowledged",
            "Messages of a queue that were received for good",
            queues,
            QueueInfo::acknowledged),
        counter("expired", "Messages of a queue that expired", queues, QueueInfo::expired));
  }

  private static double age(QueueInfo queue, long now) {
    return queue.oldestAt() == 0 ? 0 : Math.max(0, now - queue.oldestAt()) / 1000.0;
  }

  private CounterSnapshot published() {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name("serai_pubsub_published")
            .help("Messages published by REST, WebSocket, services and files");
    publisher
        .published()
        .forEach(
            (topic, count) ->
                counter.dataPoint(
                    CounterDataPointSnapshot.builder()
                        .labels(Labels.of("topic", topic))
                        .value(count)
                        .build()));
    return counter.build();
  }

  private static Labels labels(QueueInfo queue) {
    return Labels.of("queue", queue.name(), "topic", queue.address());
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<QueueInfo> queues, ToDoubleFunction<QueueInfo> value) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder().name("serai_pubsub_queue_" + name).help(help);
    for (QueueInfo queue : queues) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(labels(queue))
              .value(value.applyAsDouble(queue))
              .build());
    }
    return gauge.build();
  }

  private static CounterSnapshot counter(
      String name, String help, List<QueueInfo> queues, ToDoubleFunction<QueueInfo> value) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name("serai_pubsub_queue_" + name).help(help);
    for (QueueInfo queue : queues) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels(queue))
              .value(value.applyAsDouble(queue))
              .build());
    }
    return counter.build();
  }
}

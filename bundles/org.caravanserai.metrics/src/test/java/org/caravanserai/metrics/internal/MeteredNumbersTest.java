package org.caravanserai.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import java.util.Map;
import org.caravanserai.metrics.Numbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeteredNumbersTest {

  private final MetricsComponent metrics = new MetricsComponent();
  private final MeteredNumbers metered = new MeteredNumbers(metrics.registry());
  private final NumberMemory memory = new NumberMemory(10, 1);
  private long now;

  private Map<String, List<@Nullable Double>> look() {
    now += 2000;
    memory.begin(now, 2);
    metered.tell(memory);
    memory.end();
    return memory.read(Numbers.SERVER, 0, 1).orElseThrow().values();
  }

  @Test
  void countersAreToldByTheirRiseASecondOverAllLabels() {
    Counter requests =
        Counter.builder()
            .name("serai_channel_requests_total")
            .labelNames("channel")
            .register(metrics.registry());
    requests.labelValues("a").inc(100);
    look();
    requests.labelValues("a").inc(4);
    requests.labelValues("b").inc(2);
    look();
    requests.remove("a");

    assertThat(look().get("http_requests")).containsExactly(0.0, 3.0, 0.0);
  }

  @Test
  void gaugesAreToldByTheirSum() {
    GaugeWithCallback.builder()
        .name("serai_pubsub_queue_messages")
        .labelNames("queue")
        .callback(
            callback -> {
              callback.call(3, "a");
              callback.call(4, "b");
            })
        .register(metrics.registry());

    assertThat(look()).containsOnly(Map.entry("pubsub_messages", List.of(7.0)));
  }
}

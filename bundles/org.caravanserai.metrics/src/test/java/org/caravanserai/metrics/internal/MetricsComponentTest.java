package org.caravanserai.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.caravanserai.metrics.ConnectionMeter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsComponentTest {

  private final MetricsComponent metrics = new MetricsComponent();

  @Test
  void writesWhatIsRegistered() throws IOException {
    Counter caravans = Counter.builder().name("serai_caravans_total").labelNames("gate").build();
    metrics.registry().register(caravans);
    caravans.labelValues("east \"1\"\n").inc(3);
    assertThat(text(null))
        .contains("# TYPE serai_caravans_total counter")
        .contains("serai_caravans_total{gate=\"east \\\"1\\\"\\n\"} 3.0\n");
    metrics.registry().unregister(caravans);
    assertThat(text(null)).doesNotContain("caravans");
  }

  @Test
  void countsTheCallsOfAConnection() throws IOException {
    ConnectionMeter meter = metrics.connection("outgoing_rest", "crm");
    meter.answered(204, 3_000_000);
    meter.answered(503, 3_000_000);
    meter.answered(999, 3_000_000);
    meter.failed(70_000_000_000L);
    String labels = "{kind=\"outgoing_rest\",connection=\"crm\"";
    String labelsSorted = "{connection=\"crm\",kind=\"outgoing_rest\"";
    assertThat(text(null))
        .contains("serai_connection_requests_total" + labelsSorted + ",status=\"2xx\"} 1.0\n")
        .contains("serai_connection_requests_total" + labelsSorted + ",status=\"5xx\"} 2.0\n")
        .contains("serai_connection_requests_total" + labelsSorted + ",status=\"failed\"} 1.0\n")
        .contains("_seconds_bucket" + labelsSorted + ",le=\"0.005\"} 3\n")
        .contains("_seconds_count" + labelsSorted + "} 4\n");
    metrics.connection("outgoing_rest", "crm").answered(200, 1);
    assertThat(text(null)).contains(",status=\"2xx\"} 2.0\n").doesNotContain(labels);
    meter.close();
    assertThat(text(null)).doesNotContain("crm");
  }

  @Test
  void tellsOfTheJavaVirtualMachine() throws IOException {
    assertThat(text(null)).contains("jvm_memory_used_bytes{area=\"heap\"}").contains("process_");
    assertThat(text(null)).contains("jvm_threads_current");
  }

  @Test
  void speaksOpenMetricsToWhoAsksForIt() throws IOException {
    String accept = "application/openmetrics-text; version=1.0.0, text/plain;q=0.5";
    assertThat(metrics.contentType(accept))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(text(accept)).endsWith("# EOF\n");
    assertThat(metrics.contentType("text/plain")).startsWith("text/plain; version=0.0.4");
    assertThat(text("text/plain")).doesNotContain("# EOF");
  }

  private String text(@Nullable String accept) throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(accept, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}

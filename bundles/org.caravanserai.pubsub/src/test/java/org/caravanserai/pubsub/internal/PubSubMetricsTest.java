package org.caravanserai.pubsub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PubSubMetricsTest {

  @TempDir private Path folder;

  private static String text(PubSubServer server) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    server.metrics.write(null, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void queuesAndTopicsAreCounted() throws Exception {
    try (PubSubServer server = new PubSubServer(folder)) {
      PubSubMetrics metrics = new PubSubMetrics(server.broker, server.publisher, server.metrics);
      server.topic("orders");
      server.member("ann", "orders");
      server.subscribe("ann", "orders");
      server.publish("ann", "orders", "{\"messages\":[{\"data\":1},{\"data\":2},{\"data\":3}]}");
      server.get("ann", "{\"max_messages\":1,\"ack\":\"manual\"}");

      assertThat(text(server))
          .contains(
              "serai_pubsub_published_total{topic=\"orders\"} 3.0",
              "serai_pubsub_queue_messages{queue=\"ann/orders\",topic=\"orders\"} 3.0",
              "serai_pubsub_queue_delivering{queue=\"ann/orders\",topic=\"orders\"} 1.0",
              "serai_pubsub_queue_consumers{queue=\"ann/orders\",topic=\"orders\"} 1.0",
              "serai_pubsub_queue_added_total{queue=\"ann/orders\",topic=\"orders\"} 3.0",
              "serai_pubsub_queue_acknowledged_total{queue=\"ann/orders\",topic=\"orders\"} 0.0",
              "serai_pubsub_queue_oldest_seconds{queue=\"ann/orders\",topic=\"orders\"}",
              "serai_channel_requests_total{channel=\"publish\",kind=\"pubsub\",status=\"2xx\"} 1");

      metrics.stop();
      assertThat(text(server)).doesNotContain("serai_pubsub_queue");
    }
  }
}

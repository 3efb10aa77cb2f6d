package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of STOMP 1.2 may and may not. */
class StompTest {

  @TempDir private Path folder;
  private Guarded guarded;

  @BeforeEach
  void start() throws Exception {
    guarded = new Guarded(folder);
  }

  @AfterEach
  void stop() {
    guarded.close();
  }

  private Stomp connect(String user) throws IOException {
    Stomp stomp = Stomp.connected(guarded.broker.port(), user, "right");
    assertThat(stomp.next()).startsWith("CONNECTED");
    return stomp;
  }

  @Test
  void publishesAndHears() throws Exception {
    try (Stomp shop = connect("shop");
        Stomp crm = connect("crm")) {
      crm.send("SUBSCRIBE\nid:1\ndestination:orders.eu\nack:auto\nreceipt:s\n\n");
      assertThat(crm.next()).startsWith("RECEIPT");
      shop.send(
          "SEND\ndestination:orders.eu\ncontent-type:application/json\nregion:eu\n"
              + "correlation-id:c-1\npriority:8\nreceipt:r\n\n{\"n\":1}");
      assertThat(shop.next()).startsWith("RECEIPT").contains("receipt-id:r");
      Message message = guarded.waiting("crm/orders.eu").get(0);
      assertThat(message.format()).isEqualTo(Format.JSON);
      assertThat(message.contentType()).contains("application/json");
      assertThat(message.correlId()).contains("c-1");
      assertThat(message.priority()).isEqualTo(8);
      assertThat(message.publisher()).contains("shop");
      assertThat(message.properties()).containsEntry("region", "eu");
      assertThat(crm.next())
          .startsWith("MESSAGE")
          .contains("region:eu")
          .contains("content-type:application/json")
          .endsWith("{\"n\":1}");
      guarded.publish(
          Message.of("m2", Guarded.EU, "grüezi".getBytes(StandardCharsets.UTF_8), Format.TEXT)
              .properties(Map.of("vip", true))
              .build());
      assertThat(crm.next()).contains("serai_msg_id:m2").contains("vip:true").endsWith("grüezi");
    }
  }

  @Test
  void wrongCredentialsAreRefused() throws Exception {
    for (String[] who : new String[][] {{"shop", "wrong"}, {"nobody", "right"}, {"", ""}}) {
      try (Stomp stomp = Stomp.connected(guarded.broker.port(), who[0], who[1])) {
        assertThat(stomp.next()).doesNotStartWith("CONNECTED");
      }
    }
    assertThat(guarded.refused).contains("shop from 127.0.0.1", "nobody from 127.0.0.1");
    assertThat(guarded.waiting("crm/orders.eu")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "orders.none",
        "activemq.management",
        "serai.dead/jobs",
        "orders.eu::crm/orders.eu"
      })
  void whatIsNotAllowedIsAnErrorAndNothingIsStored(String destination) throws Exception {
    try (Stomp shop = connect("shop")) {
      shop.send("SEND\ndestination:" + destination + "\nreceipt:r\n\nx");
      assertThat(shop.next()).startsWith("ERROR").doesNotContain("\tat ");
    }
    String subscription = destination.equals("secret") ? "orders.us" : destination;
    try (Stomp crm = connect(subscription.contains("crm/") ? "erp" : "crm")) {
      crm.send("SUBSCRIBE\nid:1\ndestination:" + subscription + "\nack:auto\nreceipt:s\n\n");
      assertThat(crm.next()).startsWith("ERROR");
    }
    assertThat(guarded.waiting("crm/orders.eu")).isEmpty();
  }

  @Test
  void aMalformedFrameIsAnErrorAndOthersGoOn() throws Exception {
    try (Stomp other = connect("shop")) {
      try (Stomp bad = connect("shop")) {
        bad.send("NONSENSE\nx\n\n");
        assertThat(bad.next()).startsWith("ERROR");
      }
      other.send("SEND\ndestination:orders.eu\nreceipt:r\n\nx");
      assertThat(other.next()).startsWith("RECEIPT");
    }
  }
}

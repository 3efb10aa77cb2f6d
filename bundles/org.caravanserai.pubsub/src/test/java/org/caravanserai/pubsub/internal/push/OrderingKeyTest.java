package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.caravanserai.broker.Message;
import org.junit.jupiter.api.Test;

class OrderingKeyTest {

  private static final Message MESSAGE =
      PushServer.text("m")
          .with()
          .correlId(Optional.of("correl"))
          .inReplyTo(Optional.of("reply"))
          .extClientId(Optional.of("client"))
          .publisher(Optional.of("shop"))
          .cid("cid")
          .properties(Map.of("customer", 17))
          .build();

  @Test
  void isAFieldOrAProperty() {
    Map<String, String> keys =
        Map.of(
            "correl_id", "correl",
            "in_reply_to", "reply",
            "ext_client_id", "client",
            "publisher", "shop",
            "cid", "cid",
            "topic_name", PushServer.TOPIC,
            "customer", "17");
    keys.forEach((field, key) -> assertThat(OrderingKey.by(field).of(MESSAGE)).isEqualTo(key));
  }

  @Test
  void isMissingWhereAMessageHasNone() {
    for (String field : new String[] {"correl_id", "cid", "publisher", "customer"}) {
      assertThat(OrderingKey.by(field).of(PushServer.text("m"))).as(field).isNull();
    }
    assertThat(OrderingKey.NONE.of(MESSAGE)).isNull();
  }
}

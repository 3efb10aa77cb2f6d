package org.caravanserai.pubsub.internal.http;

import java.util.List;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.Json;
import org.jspecify.annotations.Nullable;

/** {@code POST /pubsub/messages/ack} and {@code /nack}. */
final class SettleEndpoint {

  /** How large a request may be that holds no data. */
  static final int LARGEST = 1024 * 1024;

  private final Inboxes inboxes;
  private final Calls calls;

  SettleEndpoint(Inboxes inboxes, Calls calls) {
    this.inboxes = inboxes;
    this.calls = calls;
  }

  /** Acknowledges messages; answered once the disk knows. */
  void acknowledge(TrafficExchange exchange, String definition) {
    calls.withBody(
        exchange,
        LARGEST,
        body ->
            inboxes
                .of(definition)
                .acknowledge(
                    ids(body), (settled, failure) -> answer(exchange, "acked", settled, failure)));
  }

  /** Gives messages back, to be delivered again at once. */
  void release(TrafficExchange exchange, String definition) {
    calls.withBody(
        exchange,
        LARGEST,
        body ->
            inboxes
                .of(definition)
                .release(
                    ids(body), (settled, failure) -> answer(exchange, "nacked", settled, failure)));
  }

  private static List<String> ids(byte[] body) {
    return new Elements(Json.object(body))
        .texts("msg_ids")
        .orElseThrow(() -> new ServiceException(400, "msg_ids: missing"));
  }

  private static void answer(
      TrafficExchange exchange, String count, Settled settled, @Nullable BrokerException failure) {
    if (failure != null) {
      Answers.refuse(exchange, BrokerFaults.of(failure));
      return;
    }
    Answers.ok(
        exchange,
        out -> {
          out.writeNumberField(count, settled.count());
          out.writeArrayFieldStart("unknown");
          for (String id : settled.unknown()) {
            out.writeString(id);
          }
          out.writeEndArray();
        });
  }
}

package org.caravanserai.pubsub.internal.http;

import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;

/** Takes calls from the threads that read to those that work. */
final class Calls {

  private final Workers workers;

  Calls(Workers workers) {
    this.workers = workers;
  }

  /**
   * Reads the body, then works on it.
   *
   * @param limit how large it may be
   */
  void withBody(TrafficExchange exchange, int limit, Consumer<byte[]> work) {
    checkRoom();
    exchange.readBody(
        limit, body -> workers.execute(() -> Answers.attempt(exchange, () -> work.accept(body))));
  }

  /** Works without a body. */
  void withoutBody(TrafficExchange exchange, Runnable work) {
    checkRoom();
    workers.execute(() -> Answers.attempt(exchange, work));
  }

  private void checkRoom() {
    if (workers.areBusy()) {
      throw new ServiceException(503, "too many calls wait: try again", null, 1);
    }
  }
}

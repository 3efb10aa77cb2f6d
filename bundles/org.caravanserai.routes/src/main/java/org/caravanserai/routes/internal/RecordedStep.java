package org.caravanserai.routes.internal;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.caravanserai.camel.TracedMessage.Content;
import org.caravanserai.camel.TracedMessage.Step;
import org.jspecify.annotations.Nullable;

/** A processor that a recorded message has entered. */
final class RecordedStep {

  private final RecordedMessage message;
  private final int number;
  private final RoutePlace place;
  private final String exchange;
  private final long start;
  private final Content content;
  private long micros = -1;
  private @Nullable String failure;

  RecordedStep(
      RecordedMessage message,
      int number,
      RoutePlace place,
      String exchange,
      long start,
      Content content) {
    this.message = message;
    this.number = number;
    this.place = place;
    this.exchange = exchange;
    this.start = start;
    this.content = content;
  }

  RoutePlace place() {
    return place;
  }

  /** The exchange leaves the processor. */
  void left(Exchange left) {
    message.left(this, left);
  }

  /** Under the lock of the message. */
  void ended(long took, @Nullable String why) {
    micros = took;
    failure = why;
  }

  long start() {
    return start;
  }

  /** Under the lock of the message. */
  Step toStep(long begin) {
    return new Step(
        number,
        place.route(),
        place.node(),
        place.kind(),
        exchange,
        Math.max(0, start - begin) / 1000,
        micros < 0 ? Optional.empty() : Optional.of(micros),
        Optional.ofNullable(failure),
        content);
  }
}

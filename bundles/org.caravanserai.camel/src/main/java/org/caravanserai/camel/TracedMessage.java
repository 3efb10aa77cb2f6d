package org.caravanserai.camel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded message, processor by processor.
 *
 * @param summary the message in short
 * @param steps the processors that it has entered, in that order, copies of it too
 * @param isCut whether it entered more processors than are recorded
 * @param result what it was when it left the last processor of the route itself
 */
public record TracedMessage(
    RouteTrace.Summary summary, List<Step> steps, boolean isCut, Optional<Content> result) {

  /**
   * A processor that the message entered.
   *
   * @param number its number, from 1
   * @param route the id of the processor's route, which may be another one of the same file
   * @param node the id of the processor
   * @param kind what the processor is, such as {@code setBody}
   * @param exchange the id of the exchange: a part or a copy of the message has one of its own
   * @param atMicros how long after the message had entered the route, in microseconds
   * @param micros how long it took; none while it goes on
   * @param failure why it failed; none if it did not
   * @param content what the message was when it entered
   */
  public record Step(
      int number,
      String route,
      String node,
      String kind,
      String exchange,
      long atMicros,
      Optional<Long> micros,
      Optional<String> failure,
      Content content) {}

  /**
   * What a message held.
   *
   * @param type the class of the body; the word {@code null} if there was none
   * @param body the body as text; none if it can't be shown without being used up, or is no text
   * @param details what is to be said of the body that is not all here
   * @param headers the headers as text, those with credentials without them
   */
  public record Content(
      String type, Optional<String> body, Optional<String> details, Map<String, String> headers) {}
}

package org.caravanserai.camel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a route's trace.
 *
 * @param route the id of the route
 * @param status {@code none}, {@code on} or {@code ended}
 * @param details why it has ended, in words
 * @param by who has asked for it
 * @param startedAt when it began
 * @param endsAt when it ends at the latest
 * @param wanted how many messages it records at most
 * @param messages those that it has recorded, the oldest first
 */
public record RouteTrace(
    String route,
    String status,
    Optional<String> details,
    Optional<String> by,
    Optional<Instant> startedAt,
    Optional<Instant> endsAt,
    int wanted,
    List<Summary> messages) {

  /** The state of a route that nobody traces. */
  public static RouteTrace none(String route) {
    return new RouteTrace(
        route,
        "none",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        List.of());
  }

  /**
   * A recorded message in short.
   *
   * @param number its number, from 1
   * @param exchange the id of its exchange
   * @param cid the correlation id; none if it has none
   * @param startedAt when it entered the route
   * @param isDone whether it has left the route
   * @param micros how long it was in the route, or has been so far, in microseconds
   * @param steps how many processors it has entered
   * @param failure why it failed; none if it did not
   */
  public record Summary(
      int number,
      String exchange,
      Optional<String> cid,
      Instant startedAt,
      boolean isDone,
      long micros,
      int steps,
      Optional<String> failure) {}
}

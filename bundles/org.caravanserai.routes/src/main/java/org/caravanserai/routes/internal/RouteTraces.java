package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTrace;
import org.caravanserai.camel.RouteTracing;
import org.caravanserai.camel.TracedMessage;
import org.jspecify.annotations.Nullable;

/** The traces of the routes of one context. While none is on, a message costs one look. */
final class RouteTraces {

  /** The exchange property with the recorded message; copies of an exchange have it too. */
  private static final String PROPERTY = "SeraiTrace";

  private final TraceLimits limits;
  private final Map<String, RecordedTrace> traces = new ConcurrentHashMap<>();

  /** Whether a trace is on, or messages of one are on their way. */
  private volatile boolean isRecording;

  RouteTraces(TraceLimits limits) {
    this.limits = limits;
  }

  /** An exchange enters a processor; {@code null} if it is not recorded. */
  @Nullable RecordedStep enter(Exchange exchange, RoutePlace place) {
    return isRecording ? record(exchange, place) : null;
  }

  private @Nullable RecordedStep record(Exchange exchange, RoutePlace place) {
    if (exchange.getProperty(PROPERTY) instanceof RecordedMessage known) {
      return known.enter(exchange, place);
    }
    RecordedTrace trace = place.isFirst() ? traces.get(place.route()) : null;
    RecordedMessage message = trace == null ? null : trace.begin(exchange);
    if (message == null) {
      if (place.isFirst()) {
        rest();
      }
      return null;
    }
    exchange.setProperty(PROPERTY, message);
    return message.enter(exchange, place);
  }

  /** Looks no more at messages when all traces are over. */
  private void rest() {
    if (traces.values().stream().allMatch(RecordedTrace::isOver)) {
      isRecording = false;
      // One may have begun meanwhile.
      isRecording = !traces.values().stream().allMatch(RecordedTrace::isOver);
    }
  }

  /** Forgets all of them. */
  void forget() {
    traces.values().forEach(RecordedTrace::forget);
    traces.clear();
  }

  /** The tracing of a route. */
  RouteTracing of(String route) {
    return new Tracing(route);
  }

  private final class Tracing implements RouteTracing {

    private final String route;

    Tracing(String route) {
      this.route = route;
    }

    @Override
    public RouteTrace look() {
      RecordedTrace trace = traces.get(route);
      return trace == null ? RouteTrace.none(route) : trace.toTrace();
    }

    @Override
    public RouteTrace start(Optional<Integer> messages, Optional<Integer> seconds, String by)
        throws RouteRefusedException {
      int wanted = messages.orElse(Math.min(TraceLimits.USUAL_MESSAGES, limits.messages()));
      int lasting = seconds.orElse(Math.min(TraceLimits.USUAL_SECONDS, limits.seconds()));
      check("messages", wanted, limits.messages());
      check("seconds", lasting, limits.seconds());
      RouteTrace unused = forget();
      if (limits.isFull()) {
        throw new RouteRefusedException(
            "The memory for traces is full; end those of other routes first");
      }
      RecordedTrace trace = new RecordedTrace(route, wanted, lasting, by, limits);
      traces.put(route, trace);
      isRecording = true;
      return trace.toTrace();
    }

    private void check(String what, int given, int most) {
      if (given < 1 || given > most) {
        throw new IllegalArgumentException(what + " is from 1 to " + most);
      }
    }

    @Override
    public Optional<TracedMessage> message(int number) {
      return Optional.ofNullable(traces.get(route)).flatMap(trace -> trace.message(number));
    }

    @Override
    public RouteTrace forget() {
      RecordedTrace trace = traces.remove(route);
      if (trace != null) {
        trace.forget();
      }
      return RouteTrace.none(route);
    }
  }
}

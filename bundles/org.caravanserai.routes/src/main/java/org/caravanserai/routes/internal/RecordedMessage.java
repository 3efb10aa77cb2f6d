package org.caravanserai.routes.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.caravanserai.camel.RouteTrace.Summary;
import org.caravanserai.camel.TracedMessage;
import org.caravanserai.camel.TracedMessage.Content;
import org.jspecify.annotations.Nullable;

/** A message of a traced route; copies of it and parts are recorded with it. */
final class RecordedMessage {

  private static final int LONGEST_FAILURE = 2000;

  /** What a step takes in memory beside texts, and a header, roughly. */
  private static final int STEP_SIZE = 200;

  private static final int HEADER_SIZE = 50;

  private final RecordedTrace trace;
  private final int number;
  private final String route;
  private final String exchange;
  private final @Nullable String cid;
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();
  private final List<RecordedStep> steps = new ArrayList<>();
  private @Nullable Content last;
  private @Nullable Content result;
  private boolean isCut;
  private long micros = -1;
  private @Nullable String failure;

  RecordedMessage(RecordedTrace trace, int number, String route, Exchange entered) {
    this.trace = trace;
    this.number = number;
    this.route = route;
    exchange = entered.getExchangeId();
    cid = entered.getProperty("X-Serai-CID", String.class);
    entered
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                end(done.getException());
              }

              @Override
              public boolean allowHandover() {
                return false;
              }
            });
  }

  private synchronized void end(@Nullable Throwable why) {
    micros = (System.nanoTime() - start) / 1000;
    if (why != null) {
      failure = words(why);
    }
    trace.ended();
  }

  /** It, or a copy of it, enters a processor; {@code null} if there is no room for more. */
  @Nullable RecordedStep enter(Exchange entered, RoutePlace place) {
    synchronized (this) {
      if (steps.size() >= TraceLimits.STEPS || trace.isFull()) {
        isCut = true;
        return null;
      }
    }
    Content content = content(entered);
    synchronized (this) {
      RecordedStep step =
          new RecordedStep(
              this, steps.size() + 1, place, entered.getExchangeId(), System.nanoTime(), content);
      steps.add(step);
      return step;
    }
  }

  /** It, or a copy of it, leaves a processor. */
  void left(RecordedStep step, Exchange left) {
    long took = (System.nanoTime() - step.start()) / 1000;
    Throwable why = left.getException();
    boolean isLast =
        step.place().isOutermost()
            && step.place().route().equals(route)
            && left.getExchangeId().equals(exchange);
    Content content = isLast && !trace.isFull() ? content(left) : null;
    synchronized (this) {
      step.ended(took, why == null ? null : words(why));
      if (content != null) {
        result = content;
      }
    }
  }

  /** What a message holds; what is as it was before is kept once. */
  private Content content(Exchange of) {
    Content read = MessageContent.of(of, trace.bodySize());
    synchronized (this) {
      boolean isSameBody = last != null && last.body().equals(read.body());
      boolean isSameHeaders = last != null && last.headers().equals(read.headers());
      trace.took(size(read, !isSameBody, !isSameHeaders));
      Content kept =
          last == null
              ? read
              : new Content(
                  read.type(),
                  isSameBody ? last.body() : read.body(),
                  read.details(),
                  isSameHeaders ? last.headers() : read.headers());
      last = kept;
      return kept;
    }
  }

  private static long size(Content content, boolean withBody, boolean withHeaders) {
    long size = STEP_SIZE;
    if (withBody) {
      size += content.body().map(String::length).orElse(0);
    }
    if (withHeaders) {
      for (Map.Entry<String, String> header : content.headers().entrySet()) {
        size += HEADER_SIZE + header.getKey().length() + header.getValue().length();
      }
    }
    return size;
  }

  private static String words(Throwable why) {
    String message = why.getMessage();
    String text = why.getClass().getName() + (message == null ? "" : ": " + message);
    return text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE) + "…";
  }

  synchronized Summary summary() {
    boolean isDone = micros >= 0;
    return new Summary(
        number,
        exchange,
        Optional.ofNullable(cid),
        startedAt,
        isDone,
        isDone ? micros : (System.nanoTime() - start) / 1000,
        steps.size(),
        Optional.ofNullable(failure));
  }

  synchronized TracedMessage toMessage() {
    return new TracedMessage(
        summary(),
        steps.stream().map(each -> each.toStep(start)).toList(),
        isCut,
        Optional.ofNullable(result));
  }
}

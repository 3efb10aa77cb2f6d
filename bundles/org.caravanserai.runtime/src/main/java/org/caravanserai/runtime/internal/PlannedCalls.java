package org.caravanserai.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.api.AsyncCall;
import org.caravanserai.api.CallResult;
import org.caravanserai.api.FanOut;
import org.caravanserai.api.ParallelCalls;
import org.jspecify.annotations.Nullable;

/**
 * Calls that have not been made yet.
 *
 * @param calls where they are made
 * @param kind what they are
 * @param targets the calls
 * @param onTarget services that are called for each
 * @param onFinal services that are called once all have ended
 * @param durability whether they survive the server
 */
record PlannedCalls(
    NestedCalls calls,
    Kind kind,
    List<Target> targets,
    List<String> onTarget,
    List<String> onFinal,
    Durability durability)
    implements AsyncCall, ParallelCalls, FanOut {

  /** What the calls are, and what the services see of it as the kind of their channel. */
  enum Kind {
    ASYNC("invoke_async", "invoke_async_callback", ""),
    PARALLEL("parallel_call", "parallel_on_target", ""),
    FAN_OUT("fanout_call", "fanout_on_target", "fanout_on_final");

    private final String call;
    private final String onTarget;
    private final String onFinal;

    Kind(String call, String onTarget, String onFinal) {
      this.call = call;
      this.onTarget = onTarget;
      this.onFinal = onFinal;
    }

    String call() {
      return call;
    }

    String onTarget() {
      return onTarget;
    }

    String onFinal() {
      return onFinal;
    }
  }

  /**
   * A call.
   *
   * @param service whose
   * @param payload its input
   */
  record Target(String service, @Nullable Object payload) {}

  /**
   * Whether calls survive the server.
   *
   * @param isOn whether they do
   * @param maxAttempts how often each is tried; 0 for as often as the server tries
   */
  record Durability(boolean isOn, int maxAttempts) {

    static final Durability NONE = new Durability(false, 0);
  }

  /** None yet. */
  static PlannedCalls none(NestedCalls calls, Kind kind) {
    return new PlannedCalls(calls, kind, List.of(), List.of(), List.of(), Durability.NONE);
  }

  @Override
  public PlannedCalls call(String service, @Nullable Object payload) {
    List<Target> more = with(targets, List.of(new Target(service, payload)));
    return new PlannedCalls(calls, kind, more, onTarget, onFinal, durability);
  }

  @Override
  public PlannedCalls callback(String... services) {
    return onTarget(services);
  }

  @Override
  public PlannedCalls onTarget(String... services) {
    List<String> more = with(onTarget, List.of(services));
    return new PlannedCalls(calls, kind, targets, more, onFinal, durability);
  }

  @Override
  public PlannedCalls onFinal(String... services) {
    List<String> more = with(onFinal, List.of(services));
    return new PlannedCalls(calls, kind, targets, onTarget, more, durability);
  }

  @Override
  public PlannedCalls durable() {
    return with(new Durability(true, 0));
  }

  @Override
  public PlannedCalls durable(int maxAttempts) {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(maxAttempts + " attempts: at least 1");
    }
    return with(new Durability(true, maxAttempts));
  }

  private PlannedCalls with(Durability changed) {
    return new PlannedCalls(calls, kind, targets, onTarget, onFinal, changed);
  }

  private static <T> List<T> with(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }

  @Override
  public List<CallResult> await() {
    return calls.await(this);
  }

  @Override
  public String start() {
    return calls.start(this);
  }
}

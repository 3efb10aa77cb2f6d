package org.caravanserai.runtime.internal;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs a call that the service can be replaced at any time: the way through its slot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouterBenchmark {

  private final Context context = proxy(Context.class);
  private final LiveSlot slot;
  private final Instance direct;

  /** Makes a service live. */
  public RouterBenchmark() {
    var registry = new LiveRegistry(proxy(RuntimeSettings.class));
    try {
      ServiceRevision revision = registry.prepare(Echo.class, "echo", 1);
      slot = (LiveSlot) registry.slot(revision.service());
      registry.swap(List.of(revision), List.of());
      direct = instance((LiveRevision) revision);
    } catch (RevisionRefusedException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** Sees that the way through the slot leads to the service. */
  @Setup
  public void check() throws Exception {
    if (!"x".equals(slot("x"))) {
      throw new IllegalStateException("another answer");
    }
  }

  /** Slot, revision, service, and out again. */
  @Benchmark
  public @Nullable Object routed() throws Exception {
    return slot("x");
  }

  /** The service alone. */
  @Benchmark
  public @Nullable Object direct() throws Exception {
    return direct.handle("x", context);
  }

  private @Nullable Object slot(String input) throws Exception {
    LiveRevision revision = slot.enter();
    if (revision == null) {
      throw new IllegalStateException("nothing is live");
    }
    try {
      return instance(revision).handle(input, context);
    } finally {
      revision.gate().exit();
    }
  }

  private static Instance instance(LiveRevision revision) {
    Instance instance = revision.instance();
    if (instance == null) {
      throw new IllegalStateException("it was retired");
    }
    return instance;
  }

  /** Defaults for settings; a context that nobody asks. */
  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> method.getDefaultValue()));
  }

  /** Answers what it is given. */
  public static final class Echo implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return input;
    }
  }
}

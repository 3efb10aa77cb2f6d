package org.caravanserai.runtime.internal;

import org.caravanserai.metrics.NumberSource;
import org.caravanserai.metrics.Numbers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How services were called since the last look: all of them together, and each that was called. */
@Component(service = NumberSource.class)
public final class ServiceNumbers implements NumberSource {

  private static final double NANOS = 1e9;

  private final LiveRegistry registry;
  private final Look here = new Look();
  private final Look all = new Look();

  /** Looks at the services of a registry. */
  @Activate
  public ServiceNumbers(@Reference LiveRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void tell(Numbers numbers) {
    all.clear();
    long inside = 0;
    for (LiveSlot slot : registry.slots()) {
      slot.counters().look(numbers.seconds(), here);
      long callsInside = slot.inside();
      inside += callsInside;
      if (here.calls() + here.rejected() > 0) {
        all.add(here);
        tell(numbers, slot.name(), here, callsInside);
      }
    }
    tell(numbers, Numbers.SERVER, all, inside);
  }

  private static void tell(Numbers numbers, String subject, Look look, long inside) {
    numbers.level(subject, "calls", look.calls() / numbers.seconds());
    numbers.level(subject, "failures", look.failures() / numbers.seconds());
    numbers.level(subject, "rejected", look.rejected() / numbers.seconds());
    numbers.level(subject, "inside", (double) inside);
    if (look.calls() > 0) {
      numbers.latency(subject, "latency_p50", look.percentile(0.5) / NANOS);
      numbers.latency(subject, "latency_p95", look.percentile(0.95) / NANOS);
      numbers.latency(subject, "latency_p99", look.percentile(0.99) / NANOS);
    }
  }
}

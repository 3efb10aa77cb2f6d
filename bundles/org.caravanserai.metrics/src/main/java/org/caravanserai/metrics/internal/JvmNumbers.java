package org.caravanserai.metrics.internal;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.caravanserai.metrics.NumberSource;
import org.caravanserai.metrics.Numbers;

/** Memory, threads, processor and garbage collection. */
final class JvmNumbers implements NumberSource {

  private static final double MILLIS = 1000;

  private long collectedBefore = collected();

  @Override
  public void tell(Numbers numbers) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    numbers.level(Numbers.SERVER, "heap_used", (double) heap.getUsed());
    numbers.level(Numbers.SERVER, "heap_max", (double) heap.getMax());
    numbers.level(Numbers.SERVER, "threads", ManagementFactory.getThreadMXBean().getThreadCount());
    long collected = collected();
    numbers.level(Numbers.SERVER, "gc", (collected - collectedBefore) / MILLIS / numbers.seconds());
    collectedBefore = collected;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      double load = system.getProcessCpuLoad();
      numbers.level(Numbers.SERVER, "cpu", load < 0 ? Double.NaN : load);
    }
  }

  private static long collected() {
    long millis = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += Math.max(0, each.getCollectionTime());
    }
    return millis;
  }
}

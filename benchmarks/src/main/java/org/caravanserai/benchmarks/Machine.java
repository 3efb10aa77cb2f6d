package org.caravanserai.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * Where a run took place.
 *
 * @param cores processors
 * @param memoryGb main memory
 * @param system name and release of the operating system
 * @param jdk of the servers and of the benchmarks
 */
public record Machine(int cores, long memoryGb, String system, String jdk) {

  /** This one. */
  public static Machine here() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        system.getAvailableProcessors(),
        Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
        system.getName() + " " + system.getArch(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
  }

  @Override
  public String toString() {
    return cores + " cores, " + memoryGb + " GB, " + system + ", " + jdk;
  }
}

package org.caravanserai.management.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.caravanserai.security.Operation;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the server runs on. */
@Component(service = Resource.class)
public final class FrameworkResource implements Resource {

  private final BundleContext context;

  /** Made by the container. */
  @Activate
  public FrameworkResource(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/framework",
                Operation.CONTAINER_READ,
                "versions, start, memory and threads of the server",
                exchange -> exchange.json(200, info()))
            .answers(200, Info.class));
  }

  private Info info() {
    var runtime = ManagementFactory.getRuntimeMXBean();
    var system = ManagementFactory.getOperatingSystemMXBean();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    Bundle framework = Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION));
    return new Info(
        String.valueOf(context.getBundle().getVersion()),
        Objects.toString(context.getProperty("karaf.version"), ""),
        framework.getSymbolicName() + " " + framework.getVersion(),
        runtime.getVmName() + " " + runtime.getVmVersion(),
        "%s %s (%s)".formatted(system.getName(), system.getVersion(), system.getArch()),
        system.getAvailableProcessors(),
        runtime.getPid(),
        Instant.ofEpochMilli(runtime.getStartTime()),
        runtime.getUptime(),
        heap.getUsed(),
        heap.getMax(),
        other.getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        context.getBundles().length);
  }

  /**
   * What the server runs on.
   *
   * @param server its own version
   * @param karaf the version of Karaf
   * @param framework the OSGi framework
   * @param java the Java virtual machine
   * @param system the operating system
   * @param processors how many processors it may use
   * @param pid its process id
   * @param startedAt since when it runs
   * @param uptimeMillis how long that is
   * @param heapUsed bytes of the heap in use
   * @param heapMax bytes that the heap may have
   * @param otherUsed bytes in use besides the heap, for classes and compiled code
   * @param threads how many threads there are
   * @param bundles how many bundles there are
   */
  private record Info(
      String server,
      String karaf,
      String framework,
      String java,
      String system,
      int processors,
      long pid,
      Instant startedAt,
      long uptimeMillis,
      long heapUsed,
      long heapMax,
      long otherUsed,
      int threads,
      int bundles) {}
}

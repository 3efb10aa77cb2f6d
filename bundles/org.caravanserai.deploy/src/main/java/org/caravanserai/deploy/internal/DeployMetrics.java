package org.caravanserai.deploy.internal;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.internal.engine.DeployEngine;

/** How many deployments there are and what became of attempts, read when somebody asks. */
final class DeployMetrics implements AutoCloseable {

  private final PrometheusRegistry registry;
  private final GaugeWithCallback deployments;
  private final CounterWithCallback attempts;

  DeployMetrics(DeployEngine engine, PrometheusRegistry registry) {
    this.registry = registry;
    deployments =
        GaugeWithCallback.builder()
            .name("serai_deployments")
            .help("Deployments, by how they are now")
            .labelNames("status")
            .callback(callback -> byStatus(engine).forEach((k, n) -> callback.call((double) n, k)))
            .register(registry);
    attempts =
        CounterWithCallback.builder()
            .name("serai_deploys_total")
            .help("Attempts to deploy, by how they ended")
            .labelNames("outcome")
            .callback(callback -> engine.attempts().forEach((k, n) -> callback.call((double) n, k)))
            .register(registry);
  }

  private static Map<String, Long> byStatus(DeployEngine engine) {
    return engine.list().stream()
        .map(DeploymentInfo::status)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Override
  public void close() {
    registry.unregister(deployments);
    registry.unregister(attempts);
  }
}

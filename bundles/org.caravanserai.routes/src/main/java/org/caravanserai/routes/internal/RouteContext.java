package org.caravanserai.routes.internal;

import java.util.Optional;
import org.apache.camel.ManagementStatisticsLevel;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.spi.ManagementAgent;
import org.caravanserai.camel.NodeFigures;
import org.jspecify.annotations.Nullable;

/**
 * The Camel context of one revision. The ids of its routes begin with the name of the deployment;
 * within the file a route is found by the id that the file gives it as well.
 */
final class RouteContext extends DefaultCamelContext {

  private final String deployment;
  private final @Nullable RouteTraces traces;
  private final @Nullable RouteProbe probe;

  /**
   * A context that has not been built.
   *
   * @param trial whether nothing of it is to be seen outside
   * @param limits those of its traces; {@code null} if nothing is counted or traced in it
   */
  RouteContext(String deployment, boolean trial, @Nullable TraceLimits limits) {
    super(false);
    this.deployment = deployment;
    traces = limits == null ? null : new RouteTraces(limits);
    probe = traces == null ? null : new RouteProbe(traces);
    if (probe != null) {
      getCamelContextExtension().addInterceptStrategy(probe);
    }
    getCamelContextExtension().setName(deployment);
    setStartupSummaryLevel(StartupSummaryLevel.Off);
    setMessageHistory(false);
    setUseMDCLogging(false);
    setLoadHealthChecks(false);
    setTypeConverterStatisticsEnabled(false);
    getShutdownStrategy().setShutdownNowOnTimeout(true);
    setRouteController(new FileRouteController(this));
    if (trial) {
      disableJMX();
    }
  }

  /** Builds it; then its routes may be added. */
  void prepare() {
    build();
    RouteBeans.in(this);
    ManagementAgent agent = getManagementStrategy().getManagementAgent();
    if (agent != null) {
      agent.setStatisticsLevel(ManagementStatisticsLevel.RoutesOnly);
      agent.setLoadStatisticsEnabled(false);
      agent.setOnlyRegisterProcessorWithCustomId(true);
    }
  }

  /** The id of a route as the world knows it. */
  String idOf(String routeId) {
    return deployment + "#" + routeId;
  }

  /** The traces of its routes; {@code null} if they can't be traced. */
  @Nullable RouteTraces traces() {
    return traces;
  }

  /** What a node has done. */
  Optional<NodeFigures> figures(NamedNode node) {
    return probe == null ? Optional.empty() : probe.figures(node);
  }

  /** Makes a route that does not start by itself all the same ready to start. */
  void warmUp(String routeId) throws Exception {
    RouteService service = getRouteServices().get(routeId);
    if (service != null) {
      service.warmUp();
    }
  }

  @Override
  public @Nullable Route getRoute(String id) {
    Route found = super.getRoute(id);
    return found == null && id != null ? super.getRoute(idOf(id)) : found;
  }
}

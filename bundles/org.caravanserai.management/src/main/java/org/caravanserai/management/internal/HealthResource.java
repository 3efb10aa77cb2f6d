package org.caravanserai.management.internal;

import java.util.List;
import java.util.Map;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.http.Health;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Why the server is not ready, if it is not, and what does not work although it is. */
@Component(service = Resource.class)
public final class HealthResource implements Resource {

  private static final int MOST_TOLD = 100;

  private final Health health;
  private final ObjectStore objects;
  private final Deployments deployments;

  /** Made by the container. */
  @Activate
  public HealthResource(
      @Reference Health health,
      @Reference ObjectStore objects,
      @Reference Deployments deployments) {
    this.health = health;
    this.objects = objects;
    this.deployments = deployments;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/health",
                Operation.HEALTH_READ,
                "why the server is not ready, and which objects and deployments do not work",
                exchange -> exchange.json(200, state()))
            .answers(200, State.class));
  }

  private State state() {
    Map<String, String> reasons = health.reasons();
    return new State(
        health.ready(),
        reasons,
        objects.list().stream().filter(HealthResource::isAmiss).limit(MOST_TOLD).toList(),
        deployments.list().stream()
            .filter(each -> !each.status().equals("live"))
            .limit(MOST_TOLD)
            .toList());
  }

  private static boolean isAmiss(ObjectInfo object) {
    return object.state() != ObjectInfo.State.INACTIVE && object.reason().isPresent();
  }

  /**
   * The answer.
   *
   * @param ready whether requests should be sent here
   * @param reasons why not, by the name of what is missing
   * @param objects those that wait, have failed, or work otherwise than configured; the first 100
   * @param deployments those that do not serve; the first 100
   */
  private record State(
      boolean ready,
      Map<String, String> reasons,
      List<ObjectInfo> objects,
      List<DeploymentInfo> deployments) {}
}

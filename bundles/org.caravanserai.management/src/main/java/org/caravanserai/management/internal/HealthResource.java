package org.caravanserai.management.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.http.Health;
import org.caravanserai.management.HealthAnswer;
import org.caravanserai.management.ReadOnlyAnswer;
import org.caravanserai.management.ServerHealth;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.tls.OwnCertificate;
import org.caravanserai.security.tls.OwnCertificates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Why the server is not ready, if it is not, and what does not work although it is. */
@Component(
    service = {Resource.class, ServerHealth.class},
    configurationPid = "org.caravanserai.management")
public final class HealthResource implements Resource, ServerHealth {

  private static final int MOST_TOLD = 100;

  private final Health health;
  private final ObjectStore objects;
  private final Deployments deployments;
  private final OwnCertificates certificates;
  private final ReadOnly readOnly;
  private final Duration warning;

  /** Made by the container. */
  @Activate
  public HealthResource(
      ManagementSettings settings,
      @Reference Health health,
      @Reference ObjectStore objects,
      @Reference Deployments deployments,
      @Reference OwnCertificates certificates,
      @Reference ReadOnly readOnly) {
    this.readOnly = readOnly;
    this.warning = Duration.ofDays(settings.certificate__warning());
    this.certificates = certificates;
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
                "why the server is not ready, which objects and deployments do not work, and which"
                    + " certificates expire soon",
                exchange -> exchange.json(200, look()))
            .answers(200, HealthAnswer.class));
  }

  @Override
  public HealthAnswer look() {
    Map<String, String> reasons = health.reasons();
    return new HealthAnswer(
        health.ready(),
        reasons,
        objects.list().stream().filter(HealthResource::isAmiss).limit(MOST_TOLD).toList(),
        deployments.list().stream()
            .filter(each -> !each.status().equals("live"))
            .limit(MOST_TOLD)
            .toList(),
        certificates.list().stream().filter(this::isSoon).limit(MOST_TOLD).toList(),
        ReadOnlyAnswer.of(readOnly));
  }

  private boolean isSoon(OwnCertificate certificate) {
    return Instant.now().plus(warning).isAfter(certificate.expires());
  }

  private static boolean isAmiss(ObjectInfo object) {
    return object.state() != ObjectInfo.State.INACTIVE && object.reason().isPresent();
  }
}

package org.caravanserai.management;

import java.util.List;
import java.util.Map;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.security.tls.OwnCertificate;

/**
 * Whether the server is ready, and what does not work although it is.
 *
 * @param ready whether requests should be sent here
 * @param reasons why not, by the name of what is missing; if it is, what it does without, such as
 *     {@code scheduler}
 * @param objects those that wait, have failed, or work otherwise than configured; the first 100
 * @param deployments those that do not serve; the first 100
 * @param certificates those that have expired or expire soon, by default within 30 days
 * @param readOnly whether it is read-only
 */
public record HealthAnswer(
    boolean ready,
    Map<String, String> reasons,
    List<ObjectInfo> objects,
    List<DeploymentInfo> deployments,
    List<OwnCertificate> certificates,
    ReadOnlyAnswer readOnly) {}

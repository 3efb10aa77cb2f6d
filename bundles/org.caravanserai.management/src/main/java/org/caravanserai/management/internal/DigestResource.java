package org.caravanserai.management.internal;

import java.util.List;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.management.DigestAnswer;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is equal on two servers that run the same code and are configured the same. */
@Component(service = Resource.class)
public final class DigestResource implements Resource {

  private final List<ApiOperation> operations;

  /** Made by the container. */
  @Activate
  public DigestResource(@Reference ObjectStore objects, @Reference Deployments deployments) {
    operations =
        List.of(
            ApiOperation.of(
                    "GET",
                    "/api/v1/digest",
                    Operation.CONFIG_READ,
                    "hashes of the configuration and of the code, to compare servers",
                    exchange -> exchange.json(200, DigestAnswer.of(objects, deployments)))
                .answers(200, DigestAnswer.class));
  }

  @Override
  public List<ApiOperation> operations() {
    return operations;
  }
}

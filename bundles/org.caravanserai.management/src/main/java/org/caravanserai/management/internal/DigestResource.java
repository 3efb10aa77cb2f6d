package org.caravanserai.management.internal;

import java.util.List;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is equal on two servers that are configured the same. */
@Component(service = Resource.class)
public final class DigestResource implements Resource {

  private final List<ApiOperation> operations;

  /** Made by the container. */
  @Activate
  public DigestResource(@Reference ObjectStore objects) {
    operations =
        List.of(
            ApiOperation.of(
                    "GET",
                    "/api/v1/digest",
                    Operation.CONFIG_READ,
                    "a hash of the configuration, to compare servers",
                    exchange -> exchange.json(200, new Digest(objects.digest())))
                .answers(200, Digest.class));
  }

  @Override
  public List<ApiOperation> operations() {
    return operations;
  }

  /**
   * The answer.
   *
   * @param configuration of all objects as they are exported
   */
  private record Digest(String configuration) {}
}

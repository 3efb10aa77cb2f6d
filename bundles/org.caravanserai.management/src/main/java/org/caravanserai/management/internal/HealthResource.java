package org.caravanserai.management.internal;

import java.util.List;
import java.util.Map;
import org.caravanserai.http.Health;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Why the server is not ready, if it is not. */
@Component(service = Resource.class)
public final class HealthResource implements Resource {

  private final List<ApiOperation> operations;

  /** Made by the container. */
  @Activate
  public HealthResource(@Reference Health health) {
    operations =
        List.of(
            ApiOperation.of(
                    "GET",
                    "/api/v1/health",
                    Operation.HEALTH_READ,
                    "why the server is not ready",
                    exchange -> exchange.json(200, new State(health.ready(), health.reasons())))
                .answers(200, State.class));
  }

  @Override
  public List<ApiOperation> operations() {
    return operations;
  }

  /** The answer. */
  private record State(boolean ready, Map<String, String> reasons) {}
}

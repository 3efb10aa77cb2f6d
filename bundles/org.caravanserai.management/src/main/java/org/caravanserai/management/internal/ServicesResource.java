package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Services: list, look at, invoke. */
@Component(service = Resource.class)
public final class ServicesResource implements Resource {

  private final ServiceRegistry registry;
  private final Invocation invocation;
  private final Listing<ServiceInfo> listing =
      new Listing<ServiceInfo>(service -> Stream.of(service.name(), service.deployment()))
          .by("name", ServiceInfo::name)
          .by("deployment", ServiceInfo::deployment)
          .sortedBy("calls", ServiceInfo::calls)
          .sortedBy("failures", ServiceInfo::failures)
          .sortedBy("inside", ServiceInfo::inside)
          .sortedBy("meanMicros", ServiceInfo::meanMicros);

  /** Made by the container. */
  @Activate
  public ServicesResource(@Reference ServiceRegistry registry, @Reference Invocation invocation) {
    this.registry = registry;
    this.invocation = invocation;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/services",
                Operation.SERVICES_READ,
                "the deployed services",
                exchange -> exchange.json(200, listing.page(registry.services(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(ServiceInfo.class)),
        ApiOperation.of(
                "GET",
                "/api/v1/services/{name}",
                Operation.SERVICES_READ,
                "revision, types, calls, failures, who is inside",
                exchange -> exchange.json(200, known(exchange)))
            .answers(200, ServiceInfo.class)
            .refuses(404),
        ApiOperation.of(
                "POST",
                "/api/v1/services/{name}/invoke",
                Operation.SERVICES_INVOKE,
                "calls it; body: the input; answers with the output",
                this::invoke)
            .takes("*/*", Map.of())
            .answers(200, "*/*", Map.of())
            .answers(204, "", Map.of())
            .refuses(404, 413, 500, 503, 504));
  }

  private void invoke(ApiExchange exchange) throws IOException, Problem {
    invocation.answer(known(exchange).name(), exchange);
  }

  private ServiceInfo known(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("name");
    return registry
        .service(name)
        .orElseThrow(() -> new Problem(404, "No service is named " + name));
  }
}

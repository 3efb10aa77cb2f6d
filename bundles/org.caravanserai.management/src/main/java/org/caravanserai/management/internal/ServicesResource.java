package org.caravanserai.management.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.management.CallersAnswer;
import org.caravanserai.management.ServiceAnswer;
import org.caravanserai.management.ServiceDocs;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.runtime.LastFailure;
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
  private final ObjectStore objects;
  private final Listing<ServiceInfo> listing =
      new Listing<ServiceInfo>(service -> Stream.of(service.name(), service.deployment()))
          .by("name", ServiceInfo::name)
          .by("deployment", ServiceInfo::deployment)
          .by("failing", ServicesResource::isFailing)
          .sortedBy("revision", ServiceInfo::revision)
          .sortedBy("rejected", ServiceInfo::rejected)
          .sortedBy("stuck", ServiceInfo::stuck)
          .sortedBy("calls", ServiceInfo::calls)
          .sortedBy("failures", ServiceInfo::failures)
          .sortedBy("inside", ServiceInfo::inside)
          .sortedBy("meanMicros", ServiceInfo::meanMicros)
          .sortedBy("callsPerSecond", ServiceInfo::callsPerSecond)
          .sortedBy("p95Micros", ServiceInfo::p95Micros)
          .sortedBy("lastFailure", ServicesResource::lastFailed);

  /** Made by the container. */
  @Activate
  public ServicesResource(
      @Reference ServiceRegistry registry,
      @Reference Invocation invocation,
      @Reference ObjectStore objects) {
    this.registry = registry;
    this.invocation = invocation;
    this.objects = objects;
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
                "revision, types, calls, failures, who is inside; what its Javadoc says, schemas",
                exchange -> exchange.json(200, told(exchange.parameter("name"))))
            .answers(200, ServiceAnswer.class)
            .refuses(404),
        ApiOperation.of(
                "GET",
                "/api/v1/services/{name}/callers",
                Operation.SERVICES_READ,
                "who has called it lately, and which objects name it",
                this::tellCallers)
            .answers(200, CallersAnswer.class)
            .refuses(404),
        ApiOperation.of(
                "GET",
                "/api/v1/service-docs",
                Operation.SERVICES_READ,
                "the docs of services for people, in Markdown",
                this::tellDocs)
            .with(List.of(QueryParameter.text("names", "only of these, with commas")))
            .answers(200, "text/markdown", String.class)
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

  private void tellCallers(ApiExchange exchange) throws IOException, Problem {
    String name = known(exchange).name();
    exchange.json(200, new CallersAnswer(registry.callers(name), objects.naming(name)));
  }

  private static Instant lastFailed(ServiceInfo service) {
    return service.lastFailure().map(LastFailure::time).orElse(Instant.MIN);
  }

  private static String isFailing(ServiceInfo service) {
    return Boolean.toString(service.failures() + service.rejected() + service.stuck() > 0);
  }

  private void invoke(ApiExchange exchange) throws IOException, Problem {
    invocation.answer(known(exchange).name(), exchange);
  }

  private void tellDocs(ApiExchange exchange) throws IOException, Problem {
    List<ServiceAnswer> services = new ArrayList<>();
    for (String name : names(exchange.query().text("names"))) {
      services.add(told(name));
    }
    byte[] page = ServiceDocs.page(services).getBytes(StandardCharsets.UTF_8);
    exchange.answer(200, "text/markdown;charset=utf-8", page);
  }

  private List<String> names(Optional<String> chosen) {
    return chosen
        .map(names -> List.of(names.split(",", -1)))
        .orElseGet(() -> ServiceDocs.names(registry));
  }

  private ServiceAnswer told(String name) throws Problem {
    return ServiceAnswer.of(registry, name).orElseThrow(() -> unknown(name));
  }

  private static Problem unknown(String name) {
    return new Problem(404, "No service is named " + name);
  }

  private ServiceInfo known(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("name");
    return registry.service(name).orElseThrow(() -> unknown(name));
  }
}

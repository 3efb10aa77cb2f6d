package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.Routes;
import org.caravanserai.management.Page;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The Camel routes of channels and files: list, look at, start, stop, suspend, resume. */
@Component(service = Resource.class)
public final class RoutesResource implements Resource {

  private static final String ONE = "/api/v1/routes/{id+}";

  private final Routes routes;
  private final Listing<RouteInfo> listing =
      new Listing<RouteInfo>(each -> Stream.of(each.id(), each.from()))
          .by("id", RouteInfo::id)
          .by("context", RouteInfo::context)
          .by("channel", each -> each.channel().orElse(""))
          .by("deployment", each -> each.deployment().orElse(""))
          .by("state", RouteInfo::state)
          .sortedBy("uptimeMillis", RouteInfo::uptimeMillis)
          .sortedBy("exchanges", RouteInfo::exchanges)
          .sortedBy("failed", RouteInfo::failed)
          .sortedBy("inflight", RouteInfo::inflight)
          .sortedBy("meanMillis", RouteInfo::meanMillis)
          .sortedBy("maxMillis", RouteInfo::maxMillis);

  /** Made by the container. */
  @Activate
  public RoutesResource(@Reference Routes routes) {
    this.routes = routes;
  }

  @Override
  public List<ApiOperation> operations() {
    List<ApiOperation> operations = new ArrayList<>();
    operations.add(
        ApiOperation.of(
                "GET",
                "/api/v1/routes",
                Operation.ROUTES_READ,
                "the Camel routes of channels and files, and what they have done",
                exchange -> exchange.json(200, listing.page(routes.list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(RouteInfo.class)));
    operations.add(
        ApiOperation.of(
                "GET",
                ONE,
                Operation.ROUTES_READ,
                "one of them: kind/name for a channel, file%23route for one of a file",
                this::look)
            .answers(200, RouteInfo.class)
            .refuses(404));
    operations.add(
        ApiOperation.of(
                "GET",
                "/api/v1/camel-contexts",
                Operation.ROUTES_READ,
                "the Camel contexts of the routes",
                exchange -> exchange.json(200, Page.all(routes.contexts())))
            .answers(200, new PageOf(CamelContextInfo.class)));
    operations.add(of(RouteAction.START, "it takes messages again"));
    operations.add(of(RouteAction.STOP, "it takes no more messages; those on their way go on"));
    operations.add(of(RouteAction.SUSPEND, "the same, and it is back at once when resumed"));
    operations.add(of(RouteAction.RESUME, "it takes messages again"));
    return operations;
  }

  private ApiOperation of(RouteAction action, String summary) {
    return ApiOperation.of(
            "POST",
            ONE + "/" + action.id(),
            Operation.ROUTES_CONTROL,
            summary,
            exchange -> run(action, exchange))
        .answers(200, RouteInfo.class)
        .refuses(404, 409);
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    String id = exchange.parameter("id");
    exchange.json(200, routes.find(id).orElseThrow(() -> unknown(id)));
  }

  private void run(RouteAction action, ApiExchange exchange) throws IOException, Problem {
    String id = exchange.parameter("id");
    try {
      exchange.json(200, routes.run(id, action).orElseThrow(() -> unknown(id)));
    } catch (RouteRefusedException e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private static Problem unknown(String id) {
    return new Problem(404, "There is no route " + id);
  }
}

package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTrace;
import org.caravanserai.camel.RouteTracing;
import org.caravanserai.camel.Routes;
import org.caravanserai.camel.TracedMessage;
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
    operations.add(
        ApiOperation.of(
                "GET",
                ONE + "/diagram",
                Operation.ROUTES_READ,
                "its processors, the ways between them and what they have done",
                this::diagram)
            .answers(200, RouteDiagram.class)
            .refuses(404));
    operations.addAll(tracing());
    operations.add(of(RouteAction.START, "it takes messages again"));
    operations.add(of(RouteAction.STOP, "it takes no more messages; those on their way go on"));
    operations.add(of(RouteAction.SUSPEND, "the same, and it is back at once when resumed"));
    operations.add(of(RouteAction.RESUME, "it takes messages again"));
    return operations;
  }

  private List<ApiOperation> tracing() {
    return List.of(
        ApiOperation.of(
                "GET",
                ONE + "/trace",
                Operation.ROUTES_BROWSE,
                "the trace that is on or was the last one, and the messages in short",
                this::trace)
            .answers(200, RouteTrace.class)
            .refuses(404, 409),
        ApiOperation.of(
                "GET",
                ONE + "/trace/{number}",
                Operation.ROUTES_BROWSE,
                "a traced message, processor by processor, with headers and bodies",
                this::message)
            .answers(200, TracedMessage.class)
            .refuses(404, 409),
        ApiOperation.of(
                "POST",
                ONE + "/trace",
                Operation.ROUTES_TRACE,
                "records its next messages, until there are enough of them or the time is over",
                this::startTrace)
            .with(
                List.of(
                    QueryParameter.number("messages", "how many; 10"),
                    QueryParameter.number("seconds", "for how long at most; 300")))
            .answers(200, RouteTrace.class)
            .refuses(404, 409),
        ApiOperation.of(
                "DELETE",
                ONE + "/trace",
                Operation.ROUTES_TRACE,
                "ends the trace and forgets what it has recorded",
                exchange -> exchange.json(200, tracing(exchange).forget()))
            .answers(200, RouteTrace.class)
            .refuses(404, 409));
  }

  private RouteTracing tracing(ApiExchange exchange) throws Problem {
    String id = exchange.parameter("id");
    Optional<RouteTracing> tracing = routes.tracing(id);
    if (tracing.isEmpty() && routes.find(id).isPresent()) {
      throw new Problem(
          409, id + " can't be traced: only routes of files can, unless statistics=false is set");
    }
    return tracing.orElseThrow(() -> unknown(id));
  }

  private void startTrace(ApiExchange exchange) throws IOException, Problem {
    RouteTracing tracing = tracing(exchange);
    Query query = exchange.query();
    try {
      exchange.json(
          200,
          tracing.start(
              number(query, "messages"), number(query, "seconds"), exchange.user().name()));
    } catch (IllegalArgumentException e) {
      throw new Problem(400, String.valueOf(e.getMessage()));
    } catch (RouteRefusedException e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Integer> number(Query query, String name) throws Problem {
    return query.text(name).isEmpty()
        ? Optional.empty()
        : Optional.of(query.number(name, 1, 1, Integer.MAX_VALUE));
  }

  private void message(ApiExchange exchange) throws IOException, Problem {
    String number = exchange.parameter("number");
    Optional<TracedMessage> found = Optional.empty();
    if (number.matches("\\d{1,9}")) {
      found = tracing(exchange).message(Integer.parseInt(number));
    }
    exchange.json(
        200, found.orElseThrow(() -> new Problem(404, "There is no traced message " + number)));
  }

  private void diagram(ApiExchange exchange) throws IOException, Problem {
    String id = exchange.parameter("id");
    Optional<RouteDiagram> found = routes.diagram(id);
    exchange.json(200, found.isPresent() ? found.get() : named(id, "/diagram"));
  }

  private void trace(ApiExchange exchange) throws IOException, Problem {
    String id = exchange.parameter("id");
    boolean isRoute = routes.find(id).isPresent();
    exchange.json(200, isRoute ? tracing(exchange).look() : named(id, "/trace"));
  }

  /** A channel's name may also be what the path of an operation ends with. */
  private RouteInfo named(String id, String end) throws Problem {
    return routes.find(id + end).orElseThrow(() -> unknown(id));
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

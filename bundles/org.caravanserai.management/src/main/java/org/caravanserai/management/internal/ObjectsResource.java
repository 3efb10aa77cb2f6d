package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.management.ActionAnswer;
import org.caravanserai.management.ObjectAnswer;
import org.caravanserai.management.PingAnswer;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.caravanserai.security.Operation;
import org.caravanserai.security.RateLimits;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The configured objects: list, look at, make, change, take away, ping, do what their kind can. */
@Component(service = Resource.class)
public final class ObjectsResource implements Resource {

  private static final int LARGEST_OBJECT = 1024 * 1024;

  /** Sets the counters of rate limits to zero. */
  static final String CLEAR_COUNTERS = "clear-counters";

  private static final String ONE = "/api/v1/objects/{kind}/{name+}";

  private final ObjectStore objects;
  private final ObjectActions actions;
  private final RateLimits rates;
  private final Listing<ObjectInfo> listing =
      new Listing<ObjectInfo>(each -> Stream.of(each.name(), each.kind(), each.reason().orElse("")))
          .by("kind", ObjectInfo::kind)
          .by("name", ObjectInfo::name)
          .by("state", each -> each.state().name())
          .by("origin", ObjectInfo::origin);

  /** Made by the container. */
  @Activate
  public ObjectsResource(
      @Reference ObjectStore objects,
      @Reference ObjectActions actions,
      @Reference RateLimits rates) {
    this.objects = objects;
    this.rates = rates;
    this.actions = actions;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/objects",
                Operation.OBJECTS_READ,
                "what is configured, where it comes from, and its state",
                exchange -> exchange.json(200, listing.page(objects.list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(ObjectInfo.class)),
        ApiOperation.of(
                "GET",
                ONE,
                Operation.OBJECTS_READ,
                "its fields as they are written, state, reason, origin; ETag",
                this::look)
            .answers(200, ObjectAnswer.class)
            .refuses(404),
        ApiOperation.of(
                "PUT",
                ONE,
                Operation.OBJECTS_WRITE,
                "makes or changes it; body: its fields, JSON or YAML; If-Match: its ETag,"
                    + " or If-None-Match: *",
                this::put)
            .with(
                List.of(
                    QueryParameter.flag("detach", "even if a file has it, which then loses it"),
                    QueryParameter.flag("dryRun", "only refuse what would be refused; 204")))
            .takes("application/json", OpenApiDocument.ANY_KIND)
            .answers(200, ObjectAnswer.class)
            .answers(201, ObjectAnswer.class)
            .answers(204, "", Map.of())
            .refuses(404, 409, 412, 413, 422, 507),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.OBJECTS_WRITE,
                "takes it away; 409 when a file has it, or another object refers to it",
                this::delete)
            .answers(204, "", Map.of())
            .refuses(404, 409, 412, 507),
        ApiOperation.of(
                "POST",
                ONE + "/ping",
                Operation.OBJECTS_PING,
                "whether the system behind a connection answers; 502 with the reason,"
                    + " 409 if it is not open",
                this::ping)
            .answers(200, PingAnswer.class)
            .refuses(404, 409, 502),
        ApiOperation.of(
                "POST",
                ONE + "/" + CLEAR_COUNTERS,
                Operation.OBJECTS_WRITE,
                "sets the counters of its rate limits to zero; 409 if it has none in operation",
                this::clearCounters)
            .answers(204, "", Map.of())
            .refuses(404, 409),
        ApiOperation.of(
                "POST",
                ONE + "/{action}",
                Operation.OBJECTS_WRITE,
                "does what its kind can do with it, such as clear-cache for a channel_rest;"
                    + " 409 if it has no use for that",
                this::act)
            .answers(200, ActionAnswer.class)
            .refuses(404, 409));
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    String kind = exchange.parameter("kind");
    String name = exchange.parameter("name");
    tell(
        200,
        objects
            .read(kind, name)
            .orElseThrow(() -> new Problem(404, "There is no " + kind + "/" + name)),
        exchange);
  }

  private void put(ApiExchange exchange) throws IOException, Problem {
    String kind = exchange.parameter("kind");
    String name = exchange.parameter("name");
    Condition condition = condition(exchange);
    boolean detach = exchange.query().flag("detach");
    boolean isNew = objects.find(kind, name).isEmpty();
    byte[] document = document(exchange);
    if (exchange.query().flag("dryRun")) {
      objects.check(kind, name, document, condition, detach);
      exchange.done();
      return;
    }
    tell(isNew ? 201 : 200, objects.put(kind, name, document, condition, detach), exchange);
  }

  private void delete(ApiExchange exchange) throws Problem {
    objects.delete(exchange.parameter("kind"), exchange.parameter("name"), condition(exchange));
    exchange.done();
  }

  private void ping(ApiExchange exchange) throws IOException, Problem {
    String kind = exchange.parameter("kind");
    String name = exchange.parameter("name");
    Ping ping =
        objects
            .ping(kind, name)
            .orElseThrow(() -> new Problem(404, "There is no " + kind + " " + name));
    tell(ping, exchange);
  }

  /** Tells what became of a ping. */
  static void tell(Ping ping, ApiExchange exchange) throws IOException, Problem {
    switch (ping.status()) {
      case NOT_TRIED -> throw new Problem(409, ping.details());
      case NOT_REACHED -> throw new Problem(502, ping.details());
      case REACHED -> exchange.json(200, PingAnswer.of(ping));
    }
  }

  private void clearCounters(ApiExchange exchange) throws Problem {
    String kind = exchange.parameter("kind");
    String name = exchange.parameter("name");
    if (objects.find(kind, name).isEmpty()) {
      throw new Problem(404, "There is no " + kind + " " + name);
    }
    if (!rates.clear(kind, name)) {
      throw new Problem(409, kind + " " + name + " has no rate limits in operation");
    }
    exchange.done();
  }

  private void act(ApiExchange exchange) throws IOException, Problem {
    String kind = exchange.parameter("kind");
    String name = exchange.parameter("name");
    String action = exchange.parameter("action");
    if (objects.find(kind, name).isEmpty()) {
      throw new Problem(404, "There is no " + kind + " " + name);
    }
    String details =
        actions
            .find(kind, action)
            .orElseThrow(() -> new Problem(404, "Nobody can " + action + " a " + kind))
            .run(name)
            .orElseThrow(
                () -> new Problem(409, kind + " " + name + " has no use for " + action + " now"));
    exchange.json(200, ActionAnswer.done(details));
  }

  /** The fields of an object as they came; JSON is YAML but for tabs between its words. */
  static byte[] document(ApiExchange exchange) throws IOException, Problem {
    byte[] document = exchange.body(LARGEST_OBJECT);
    String type = exchange.header("Content-Type");
    if (type != null && type.contains("json")) {
      for (int i = 0; i < document.length; i++) {
        document[i] = document[i] == '\t' ? (byte) ' ' : document[i];
      }
    }
    return document;
  }

  private static Condition condition(ApiExchange exchange) throws Problem {
    String noneMatch = exchange.header("If-None-Match");
    if (noneMatch != null && !noneMatch.equals("*")) {
      throw new Problem(400, "If-None-Match is * here");
    }
    return new Condition(etag(exchange.header("If-Match")), noneMatch != null);
  }

  private static Optional<String> etag(@Nullable String ifMatch) throws Problem {
    if (ifMatch == null || ifMatch.equals("*")) {
      return Optional.ofNullable(ifMatch);
    }
    if (ifMatch.length() > 2 && ifMatch.startsWith("\"") && ifMatch.endsWith("\"")) {
      return Optional.of(ifMatch.substring(1, ifMatch.length() - 1));
    }
    throw new Problem(400, "If-Match is one ETag in quotes, or *");
  }

  private static void tell(int status, ConfiguredObject object, ApiExchange exchange)
      throws IOException {
    exchange.header("ETag", "\"" + object.etag() + "\"");
    exchange.json(status, ObjectAnswer.of(object));
  }
}

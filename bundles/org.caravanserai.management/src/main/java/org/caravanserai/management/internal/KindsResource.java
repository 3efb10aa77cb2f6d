package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.caravanserai.management.KindAnswer;
import org.caravanserai.management.PingAnswer;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kinds of objects, the JSON Schema of each, and what needs no object to be there. */
@Component(service = Resource.class)
public final class KindsResource implements Resource {

  /** The fields by which objects have rate limits. */
  private static final Set<String> LIMITS = Set.of("rate_limiting", "quota_tier");

  private final ObjectStore objects;
  private final ObjectActions actions;
  private final Listing<KindAnswer> listing =
      new Listing<KindAnswer>(kind -> Stream.of(kind.name(), kind.help()))
          .by("name", KindAnswer::name);

  /** Made by the container. */
  @Activate
  public KindsResource(@Reference ObjectStore objects, @Reference ObjectActions actions) {
    this.objects = objects;
    this.actions = actions;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/kinds",
                Operation.OBJECTS_READ,
                "the kinds of objects, and what can be done with them",
                this::list)
            .with(listing.parameters())
            .answers(200, new PageOf(KindAnswer.class)),
        ApiOperation.of(
                "GET",
                "/api/v1/kinds/{kind}",
                Operation.OBJECTS_READ,
                "the JSON Schema (2020-12) of one",
                this::look)
            .answers(200, "application/schema+json", Map.of("type", "object"))
            .refuses(404),
        ApiOperation.of(
                "POST",
                "/api/v1/kinds/{kind}/test",
                Operation.OBJECTS_PING,
                "opens a connection that is not kept, pings, and closes it; body: its fields,"
                    + " JSON or YAML; 502 with the reason",
                this::test)
            .takes("application/json", OpenApiDocument.ANY_KIND)
            .answers(200, PingAnswer.class)
            .refuses(404, 409, 413, 422, 502));
  }

  private void list(ApiExchange exchange) throws IOException, Problem {
    List<KindAnswer> all = objects.kinds().stream().map(this::told).toList();
    exchange.json(200, listing.page(all, exchange.query()));
  }

  private KindAnswer told(KindInfo kind) {
    Set<String> names = new TreeSet<>(actions.names(kind.name()));
    boolean isLimited =
        kind.schema().get("properties") instanceof Map<?, ?> fields
            && LIMITS.stream().anyMatch(fields::containsKey);
    if (isLimited) {
      names.add(ObjectsResource.CLEAR_COUNTERS);
    }
    return new KindAnswer(
        kind.name(),
        kind.key(),
        String.valueOf(kind.schema().getOrDefault("description", "")),
        kind.isConnection(),
        List.copyOf(names),
        kind.schema());
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("kind");
    KindInfo kind =
        objects.kinds().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Problem(404, "This server has no kind " + name));
    exchange.json(200, "application/schema+json", kind.schema());
  }

  private void test(ApiExchange exchange) throws IOException, Problem {
    byte[] document = ObjectsResource.document(exchange);
    ObjectsResource.tell(objects.test(exchange.parameter("kind"), document), exchange);
  }
}

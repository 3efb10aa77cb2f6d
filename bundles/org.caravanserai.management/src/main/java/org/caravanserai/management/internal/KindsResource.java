package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kinds of objects, and the JSON Schema of each. */
@Component(service = Resource.class)
public final class KindsResource implements Resource {

  private final ObjectStore objects;
  private final Listing<KindInfo> listing =
      new Listing<KindInfo>(kind -> Stream.of(kind.name())).by("name", KindInfo::name);

  /** Made by the container. */
  @Activate
  public KindsResource(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET", "/api/v1/kinds", Operation.OBJECTS_READ, "the kinds of objects", this::list)
            .with(listing.parameters())
            .answers(200, new PageOf(KindInfo.class)),
        ApiOperation.of(
                "GET",
                "/api/v1/kinds/{kind}",
                Operation.OBJECTS_READ,
                "the JSON Schema (2020-12) of one",
                this::look)
            .answers(200, "application/schema+json", Map.of("type", "object"))
            .refuses(404));
  }

  private void list(ApiExchange exchange) throws IOException, Problem {
    exchange.json(200, listing.page(objects.kinds(), exchange.query()));
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
}

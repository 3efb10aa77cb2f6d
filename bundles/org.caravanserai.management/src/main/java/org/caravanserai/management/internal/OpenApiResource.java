package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.caravanserai.management.ApiDescription;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.security.Operation;

/** The description of the admin API. */
final class OpenApiResource implements Resource, ApiDescription {

  private final Supplier<List<ApiOperation>> operations;
  private final Supplier<List<KindInfo>> kinds;

  OpenApiResource(Supplier<List<ApiOperation>> operations, Supplier<List<KindInfo>> kinds) {
    this.operations = operations;
    this.kinds = kinds;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(describe("/api/openapi.json"), describe("/api/v1/openapi.json"));
  }

  private ApiOperation describe(String path) {
    return ApiOperation.of("GET", path, Operation.API_READ, "this API as OpenAPI 3.1", this::answer)
        .answers(200, Map.of("type", "object"));
  }

  @Override
  public Map<String, Object> document() {
    return new OpenApiDocument(operations.get(), kinds.get()).content();
  }

  private void answer(ApiExchange exchange) throws IOException {
    exchange.json(200, document());
  }
}

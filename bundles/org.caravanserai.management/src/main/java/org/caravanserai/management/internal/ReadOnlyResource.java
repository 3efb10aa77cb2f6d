package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.caravanserai.management.ReadOnlyAnswer;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ReadOnly;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the whole server read-only, and ends that. */
@Component(service = Resource.class)
public final class ReadOnlyResource implements Resource {

  private static final String PATH = "/api/v1/read-only";
  private static final int LARGEST_BODY = 16 * 1024;

  private final ReadOnly readOnly;

  /** Made by the container. */
  @Activate
  public ReadOnlyResource(@Reference ReadOnly readOnly) {
    this.readOnly = readOnly;
  }

  /** The body of a request. */
  private record Wanted(String reason) {}

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                PATH,
                Operation.HEALTH_READ,
                "whether the server is read-only, since when, by whom and why",
                exchange -> exchange.json(200, ReadOnlyAnswer.of(readOnly)))
            .answers(200, ReadOnlyAnswer.class),
        ApiOperation.of(
                "PUT",
                PATH,
                Operation.SERVER_PROTECT,
                "refuses every change until that is ended, with 423; body: {\"reason\":\"...\"}",
                this::begin)
            .takes("application/json", Wanted.class)
            .answers(200, ReadOnlyAnswer.class)
            .refuses(413, 422, 507),
        ApiOperation.of(
                "DELETE",
                PATH,
                Operation.SERVER_PROTECT,
                "lets the server be changed again",
                this::end)
            .answers(204, "", Map.of())
            .refuses(507));
  }

  private void begin(ApiExchange exchange) throws IOException, Problem {
    JsonNode reason = Json.read(exchange.body(LARGEST_BODY)).path("reason");
    if (!reason.isTextual()) {
      throw new Problem(422, "/reason: " + (reason.isMissingNode() ? "missing" : "no text"));
    }
    try {
      readOnly.begin(exchange.user().name(), reason.textValue());
    } catch (IllegalArgumentException e) {
      throw new Problem(422, "/" + e.getMessage());
    }
    exchange.json(200, ReadOnlyAnswer.of(readOnly));
  }

  private void end(ApiExchange exchange) {
    readOnly.end();
    exchange.done();
  }
}

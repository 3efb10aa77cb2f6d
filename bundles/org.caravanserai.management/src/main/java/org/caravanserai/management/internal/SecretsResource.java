package org.caravanserai.management.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.caravanserai.objects.Secrets;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The secrets: names go out, values only in. */
@Component(service = Resource.class)
public final class SecretsResource implements Resource {

  private static final int LARGEST_SECRET = 64 * 1024;

  private final Secrets secrets;
  private final Listing<String> listing =
      new Listing<String>(Stream::of).sortedBy("name", Function.identity());

  /** Made by the container. */
  @Activate
  public SecretsResource(@Reference Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/secrets",
                Operation.SECRETS_READ,
                "the names of the secrets",
                exchange -> exchange.json(200, listing.page(secrets.names(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(String.class)),
        ApiOperation.of(
                "PUT",
                "/api/v1/secrets/{name+}",
                Operation.SECRETS_WRITE,
                "sets a secret; body: the secret",
                this::set)
            .takes("text/plain", Map.of("type", "string", "writeOnly", true))
            .answers(204, "", Map.of())
            .refuses(413, 422, 507),
        ApiOperation.of(
                "DELETE",
                "/api/v1/secrets/{name+}",
                Operation.SECRETS_WRITE,
                "deletes a secret; 409 when an object refers to it",
                this::delete)
            .answers(204, "", Map.of())
            .refuses(404, 409, 507));
  }

  private void set(ApiExchange exchange) throws IOException, Problem {
    secrets.set(exchange.parameter("name"), value(exchange));
    exchange.done();
  }

  private void delete(ApiExchange exchange) {
    secrets.delete(exchange.parameter("name"));
    exchange.done();
  }

  /** The body as it is, but for a line's end at its end, which editors and echo add. */
  private static String value(ApiExchange exchange) throws IOException, Problem {
    byte[] body = exchange.body(LARGEST_SECRET);
    try {
      String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      String cut = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
      if (cut.isEmpty()) {
        throw new Problem(422, "The body is the secret, and it is empty");
      }
      return cut;
    } catch (CharacterCodingException e) {
      throw new Problem(422, "The body is not UTF-8");
    }
  }
}

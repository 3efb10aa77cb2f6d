package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.Operation;
import org.caravanserai.security.User;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whoever asks, and her password. */
@Component(service = Resource.class)
public final class AccountResource implements Resource {

  private static final int LARGEST_CHANGE = 64 * 1024;

  private final Accounts accounts;

  /** Made by the container. */
  @Activate
  public AccountResource(@Reference Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/account",
                Operation.ACCOUNT_READ,
                "your name and roles",
                exchange -> exchange.json(200, exchange.user()))
            .answers(200, User.class),
        ApiOperation.of(
                "PUT",
                "/api/v1/account/password",
                Operation.ACCOUNT_WRITE,
                "changes your password",
                this::change)
            .takes("application/json", Change.class)
            .answers(204, "", Map.of())
            .refuses(409, 413, 422, 507));
  }

  private void change(ApiExchange exchange) throws IOException, Problem {
    JsonNode change = Json.read(exchange.body(LARGEST_CHANGE));
    accounts.changePassword(
        exchange.user().name(),
        UsersResource.password(change, "present")
            .orElseThrow(() -> new Problem(422, "/present: missing")),
        UsersResource.password(change, "password")
            .orElseThrow(() -> new Problem(422, "/password: missing")),
        exchange.address());
    exchange.done();
  }

  /** The body of a change. */
  private record Change(String present, String password) {}
}

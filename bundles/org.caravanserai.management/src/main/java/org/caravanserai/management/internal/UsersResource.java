package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.Operation;
import org.caravanserai.security.User;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The users of this server. No answer holds a password or its hash. */
@Component(service = Resource.class)
public final class UsersResource implements Resource {

  private static final int LARGEST_USER = 64 * 1024;
  private static final String ONE = "/api/v1/users/{name}";

  private final Accounts accounts;
  private final Listing<User> listing =
      new Listing<User>(user -> Stream.concat(Stream.of(user.name()), user.roles().stream()))
          .by("name", User::name);

  /** Made by the container. */
  @Activate
  public UsersResource(@Reference Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/users",
                Operation.USERS_READ,
                "the users of this server, and their roles",
                exchange -> exchange.json(200, listing.page(accounts.list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(User.class)),
        ApiOperation.of("GET", ONE, Operation.USERS_READ, "one of them", this::look)
            .answers(200, User.class)
            .refuses(404),
        ApiOperation.of(
                "PUT",
                ONE,
                Operation.USERS_WRITE,
                "makes a user, or changes roles or password; what is left out stays;"
                    + " If-None-Match: * only makes",
                this::put)
            .takes("application/json", Wanted.class)
            .answers(200, User.class)
            .answers(201, User.class)
            .refuses(409, 412, 413, 422, 507),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.USERS_WRITE,
                "deletes a user; 409 for the last one with the role admin",
                this::delete)
            .answers(204, "", User.class)
            .refuses(404, 409, 507));
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    exchange.json(200, find(name).orElseThrow(() -> new Problem(404, "There is no user " + name)));
  }

  private Optional<User> find(String name) {
    return accounts.list().stream().filter(user -> user.name().equals(name)).findFirst();
  }

  private void put(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    JsonNode wanted = Json.read(exchange.body(LARGEST_USER));
    if (!wanted.isObject()) {
      throw new Problem(422, "Expected an object with roles, password or both");
    }
    Optional<Set<String>> roles = roles(wanted.path("roles"));
    Optional<char[]> password = password(wanted, "password");
    if (find(name).isEmpty()) {
      exchange.json(
          201,
          accounts.add(
              name,
              password.orElseThrow(() -> new Problem(422, "/password: missing")),
              roles.orElseThrow(() -> new Problem(422, "/roles: missing"))));
      return;
    }
    if (exchange.header("If-None-Match") != null) {
      throw new Problem(412, "There is a user " + name + " already");
    }
    // The one that may be refused for what is already there goes first.
    if (roles.isPresent()) {
      password.ifPresent(given -> accounts.checkPassword(name, given));
      accounts.setRoles(name, roles.get());
    }
    password.ifPresent(given -> accounts.setPassword(name, given));
    look(exchange);
  }

  private void delete(ApiExchange exchange) {
    accounts.delete(exchange.parameter("name"));
    exchange.done();
  }

  private static Optional<Set<String>> roles(JsonNode roles) throws Problem {
    if (roles.isMissingNode()) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode role : roles) {
      names.add(role.asText());
    }
    if (!roles.isArray()) {
      throw new Problem(422, "/roles: expected a list");
    }
    return Optional.of(names);
  }

  /** A member that is a password. */
  static Optional<char[]> password(JsonNode body, String member) throws Problem {
    JsonNode password = body.path(member);
    if (password.isMissingNode()) {
      return Optional.empty();
    }
    if (!password.isTextual()) {
      throw new Problem(422, "/" + member + ": expected a text");
    }
    return Optional.of(password.textValue().toCharArray());
  }

  /** The body of a change; never answered. */
  private record Wanted(Optional<Set<String>> roles, Optional<String> password) {}
}

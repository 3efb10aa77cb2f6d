package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.management.SessionAnswer;
import org.caravanserai.security.Login;
import org.caravanserai.security.Operation;
import org.caravanserai.security.Role;
import org.caravanserai.security.Users;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logging in and out in a browser. */
@Component(service = Resource.class)
public final class SessionResource implements Resource {

  /** Its path. */
  static final String PATH = "/api/v1/session";

  private static final int LARGEST_LOGIN = 64 * 1024;
  private static final String LOGIN = "login";

  private final Users users;
  private final Sessions sessions;
  private final Audit audit;

  /** Made by the container. */
  @Activate
  public SessionResource(
      @Reference Users users, @Reference Sessions sessions, @Reference Audit audit) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "POST",
                PATH,
                Operation.SESSION_USE,
                "logs in; the session is in a cookie, its changes need the header X-CSRF-Token",
                this::begin)
            .forAnybody()
            .takes("application/json", Attempt.class)
            .answers(200, SessionAnswer.class)
            .refuses(413, 415, 422),
        ApiOperation.of(
                "GET",
                PATH,
                Operation.SESSION_USE,
                "the session of the cookie; 404 for who shows a password or token instead",
                this::look)
            .answers(200, SessionAnswer.class)
            .refuses(404),
        ApiOperation.of("DELETE", PATH, Operation.SESSION_USE, "logs out", this::end)
            .answers(204, "", Map.of()));
  }

  private void begin(ApiExchange exchange) throws IOException, Problem {
    String type = exchange.header("Content-Type");
    // A form of another site can send other types without being asked for permission.
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Problem(415, "Log in with a body of the type application/json");
    }
    JsonNode attempt = Json.read(exchange.body(LARGEST_LOGIN));
    JsonNode username = attempt.path("username");
    if (!username.isTextual()) {
      throw new Problem(422, "/username: " + (username.isMissingNode() ? "missing" : "no text"));
    }
    char[] password =
        UsersResource.password(attempt, "password")
            .orElseThrow(() -> new Problem(422, "/password: missing"));
    String name = username.textValue();
    Optional<Login> login = users.login(name, password, exchange.address());
    if (login.isEmpty()) {
      audit.refused(exchange.event(name, LOGIN, ""), Outcome.UNAUTHENTICATED, "");
      throw new Problem(401, ApiFilter.UNKNOWN);
    }
    if (!login.get().user().may(Operation.SESSION_USE)) {
      audit.refused(exchange.event(name, LOGIN, ""), Outcome.FORBIDDEN, "");
      throw new Problem(403, "A session needs the role " + Operation.SESSION_USE.role().id());
    }
    exchange.session().ifPresent(sessions::end);
    Session session = sessions.begin(login.get());
    audit.record(exchange.event(name, LOGIN, ""), Outcome.DONE, "session");
    exchange.give(session);
    exchange.json(200, answer(session));
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    Session session =
        exchange
            .session()
            .orElseThrow(() -> new Problem(404, "You are not here by a session, but by yourself"));
    exchange.json(200, answer(session));
  }

  private void end(ApiExchange exchange) {
    exchange.session().ifPresent(session -> end(exchange, session));
    exchange.done();
  }

  private void end(ApiExchange exchange, Session session) {
    sessions.end(session);
    audit.record(exchange.event(session.user().name(), "logout", ""), Outcome.DONE, "session");
    exchange.takeSession();
  }

  private SessionAnswer answer(Session session) {
    return new SessionAnswer(
        session.user().name(),
        Role.greatest(session.user().roles()).map(Role::id).orElse(""),
        session.csrfToken(),
        sessions.expires(session));
  }

  /** The body of a log-in; never answered. */
  private record Attempt(String username, String password) {}
}

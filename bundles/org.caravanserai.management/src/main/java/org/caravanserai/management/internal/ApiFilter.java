package org.caravanserai.management.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.security.Operation;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.Outcome;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Stands before the admin API on the management listener: gives each request a correlation id, lets
 * in who may do what it means, and turns refusals into problem documents.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern({ApiFilter.API, ApiFilter.METRICS, ApiFilter.JOLOKIA})
public final class ApiFilter implements Filter {

  /** Where the admin API is. */
  static final String API = "/api/*";

  /** Where the metrics are. */
  static final String METRICS = "/metrics/*";

  /** Where the MBeans are. */
  static final String JOLOKIA = "/jolokia/*";

  private static final Logger LOG = LoggerFactory.getLogger(ApiFilter.class);
  private static final String CID = "org.caravanserai.cid";
  private static final String USER = "org.caravanserai.user";
  private static final String MATCH = "org.caravanserai.match";
  private static final String SESSION = "org.caravanserai.session";
  private static final String CSRF_TOKEN = "X-CSRF-Token";
  private static final User NOBODY = new User("", Set.of());

  /** What is told to who has not said who he is, or not right. */
  static final String UNKNOWN = "Log in as a user of this server";

  private final Users users;
  private final Invoker invoker;
  private final Router router;
  private final Audit audit;
  private final Sessions sessions;

  /** Made by the container. */
  @Activate
  public ApiFilter(
      @Reference Users users,
      @Reference Invoker invoker,
      @Reference Router router,
      @Reference Audit audit,
      @Reference Sessions sessions) {
    this.sessions = sessions;
    this.users = users;
    this.invoker = invoker;
    this.router = router;
    this.audit = audit;
  }

  /** The correlation id of a request that came through the filter. */
  static String cid(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(CID));
  }

  /** Who sent a request that came through the filter. */
  static User user(HttpServletRequest request) {
    return Objects.requireNonNull((User) request.getAttribute(USER));
  }

  /** The session by which a request came through the filter. */
  static Optional<Session> session(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(SESSION));
  }

  /**
   * What a request means that came through the filter.
   *
   * @throws Problem with status 503 while the server starts and the servlet is there already but
   *     the filter is not
   */
  static Router.Match match(HttpServletRequest request) throws Problem {
    if (request.getAttribute(MATCH) instanceof Router.Match match) {
      return match;
    }
    throw new Problem(503, "The server is starting");
  }

  @Override
  public void doFilter(ServletRequest rawRequest, ServletResponse rawResponse, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) rawRequest;
    var response = (HttpServletResponse) rawResponse;
    String cid = invoker.newCid();
    request.setAttribute(CID, cid);
    response.setHeader("X-Serai-CID", cid);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // What a service or a message holds is never a page of this server.
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    MDC.put("cid", cid);
    try {
      admit(request);
      chain.doFilter(request, response);
    } catch (Problem problem) {
      if (problem.status() == 401) {
        challenge(request, response);
      }
      ProblemDocument.answer(request, response, problem);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      if (response.isCommitted()) {
        throw e;
      }
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
      response.resetBuffer();
      ProblemDocument.answer(
          request, response, new Problem(500, "Internal error; the log has it by its cid"));
    } finally {
      MDC.remove("cid");
    }
  }

  /**
   * RFC 9110, section 11.6.1; of a token that was refused it says so (RFC 6750, section 3). A page
   * is told nothing: the browser would ask for a password by a window of its own.
   */
  private void challenge(HttpServletRequest request, HttpServletResponse response) {
    if (isOfPage(request)) {
      return;
    }
    response.setHeader("WWW-Authenticate", "Basic realm=\"Caravanserai\", charset=\"UTF-8\"");
    if (users.takesTokens()) {
      boolean isToken =
          Credentials.read(request.getHeader("Authorization"))
              .filter(Credentials.Bearer.class::isInstance)
              .isPresent();
      response.addHeader(
          "WWW-Authenticate",
          "Bearer realm=\"Caravanserai\"" + (isToken ? ", error=\"invalid_token\"" : ""));
    }
  }

  private static boolean isOfPage(HttpServletRequest request) {
    return request.getHeader("X-Requested-With") != null
        || SessionCookie.read(request).isPresent()
        || request.getRequestURI().equals(SessionResource.PATH);
  }

  private void admit(HttpServletRequest request) throws Problem {
    refuseOtherSites(request);
    Optional<Router.Match> open = router.matchOpen(request);
    if (open.isPresent()) {
      inSession(request).ifPresent(session -> request.setAttribute(SESSION, session));
      request.setAttribute(USER, NOBODY);
      request.setAttribute(MATCH, open.get());
      return;
    }
    User user = user(request, Credentials.read(request.getHeader("Authorization")));
    Router.Match match = router.match(request);
    Operation operation = match.operation().access();
    if (!user.may(operation)) {
      audit.refused(
          event(request, user.name(), operation.id(), match.target()), Outcome.FORBIDDEN, "");
      throw new Problem(
          403, "%s needs the role %s".formatted(operation.id(), operation.role().id()));
    }
    request.setAttribute(USER, user);
    request.setAttribute(MATCH, match);
  }

  /** By what it shows; by its session only if it shows nothing. */
  private User user(HttpServletRequest request, Optional<Credentials> credentials) throws Problem {
    if (credentials.isEmpty()) {
      Session session = inSession(request).orElseThrow(() -> new Problem(401, UNKNOWN));
      refuseForged(request, session);
      if (!isBackground(request)) {
        sessions.use(session);
      }
      request.setAttribute(SESSION, session);
      return session.user();
    }
    Optional<User> user = credentials.get().verify(users, request.getRemoteAddr());
    if (user.isEmpty()) {
      audit.refused(
          event(request, credentials.get().claimed(), "login", ""), Outcome.UNAUTHENTICATED, "");
      throw new Problem(401, UNKNOWN);
    }
    return user.get();
  }

  /** What a page asks for by itself must not keep a session from being idle. */
  private static boolean isBackground(HttpServletRequest request) {
    return request.getHeader("X-Serai-Background") != null
        || request.getRequestURI().equals(EventsResource.PATH);
  }

  private Optional<Session> inSession(HttpServletRequest request) {
    return SessionCookie.read(request).flatMap(sessions::find);
  }

  /** The browser sends the cookie along whoever made the page; only ours knows the token. */
  private static void refuseForged(HttpServletRequest request, Session session) throws Problem {
    String method = request.getMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      return;
    }
    String token = request.getHeader(CSRF_TOKEN);
    boolean isRight =
        token != null
            && MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                session.csrfToken().getBytes(StandardCharsets.UTF_8));
    if (!isRight) {
      throw new Problem(
          403, "A change by a session needs the header " + CSRF_TOKEN + " with its token");
    }
  }

  /** What a request does, for the audit. */
  static AuditEvent event(
      HttpServletRequest request, String user, String operation, String target) {
    return new AuditEvent(cid(request), user, request.getRemoteAddr(), "api", operation, target);
  }

  /**
   * A browser that remembers the password must not lend it to another site's page. What a browser
   * says of itself ({@code Sec-Fetch-Site}, Fetch Metadata) goes before the comparison of origin
   * and host: a proxy such as Hawtio's changes the host.
   */
  private static void refuseOtherSites(HttpServletRequest request) throws Problem {
    String origin = request.getHeader("Origin");
    if (origin != null
        && !"same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        && !sameHost(origin, request.getHeader("Host"))) {
      throw new Problem(403, "Requests from pages of other sites are refused");
    }
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

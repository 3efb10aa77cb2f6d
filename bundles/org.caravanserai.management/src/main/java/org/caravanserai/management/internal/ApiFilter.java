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
import java.util.Objects;
import java.util.Optional;
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
 * Stands before everything on the management listener: gives each request a correlation id, lets in
 * who may do what it means, and turns refusals into problem documents.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
public final class ApiFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(ApiFilter.class);
  private static final String CID = "org.caravanserai.cid";
  private static final String USER = "org.caravanserai.user";
  private static final String MATCH = "org.caravanserai.match";

  private final Users users;
  private final Invoker invoker;
  private final Router router;
  private final Audit audit;

  /** Made by the container. */
  @Activate
  public ApiFilter(
      @Reference Users users,
      @Reference Invoker invoker,
      @Reference Router router,
      @Reference Audit audit) {
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

  /** What a request that came through the filter means. */
  static Router.Match match(HttpServletRequest request) {
    return Objects.requireNonNull((Router.Match) request.getAttribute(MATCH));
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
    MDC.put("cid", cid);
    try {
      admit(request);
      chain.doFilter(request, response);
    } catch (Problem problem) {
      if (problem.status() == 401) {
        challenge(request, response);
      }
      ProblemDocument.answer(request, response, problem);
    } catch (IOException | ServletException | RuntimeException e) {
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

  /** RFC 9110, section 11.6.1; of a token that was refused it says so (RFC 6750, section 3). */
  private void challenge(HttpServletRequest request, HttpServletResponse response) {
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

  private void admit(HttpServletRequest request) throws Problem {
    refuseOtherSites(request);
    Optional<Credentials> credentials = Credentials.read(request.getHeader("Authorization"));
    User user =
        credentials
            .flatMap(each -> each.verify(users, request.getRemoteAddr()))
            .orElseThrow(() -> unknown(request, credentials));
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

  private Problem unknown(HttpServletRequest request, Optional<Credentials> credentials) {
    credentials.ifPresent(
        each ->
            audit.refused(
                event(request, each.claimed(), "login", ""), Outcome.UNAUTHENTICATED, ""));
    return new Problem(401, "Log in as a user of this server");
  }

  /** What a request does, for the audit. */
  static AuditEvent event(
      HttpServletRequest request, String user, String operation, String target) {
    return new AuditEvent(cid(request), user, request.getRemoteAddr(), "api", operation, target);
  }

  /** A browser that remembers the password must not lend it to another site's page. */
  private static void refuseOtherSites(HttpServletRequest request) throws Problem {
    String origin = request.getHeader("Origin");
    if (origin != null && !sameHost(origin, request.getHeader("Host"))) {
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

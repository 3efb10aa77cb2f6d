package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.security.AccountRefusedException;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.ReadOnlyException;
import org.caravanserai.security.User;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the operations of the admin API declare, after the filter has let a request in. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({ApiFilter.API, ApiFilter.METRICS, ApiFilter.JOLOKIA})
public final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  private final transient Audit audit;
  private final transient ReadOnly readOnly;

  /** Made by the container. */
  @Activate
  public ApiServlet(@Reference Audit audit, @Reference ReadOnly readOnly) {
    this.audit = audit;
    this.readOnly = readOnly;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Router.Match match = ApiFilter.match(request);
      ApiOperation operation = match.operation();
      Query query = Query.of(request.getQueryString(), operation.query());
      User user = ApiFilter.user(request);
      var exchange = new ApiExchange(request, response, match.parameters(), query, user);
      if (isAct(operation, query)) {
        AuditEvent event =
            ApiFilter.event(request, user.name(), operation.access().id(), match.target());
        if (!query.flag("dryRun")) {
          refuseIfReadOnly(readOnly, operation.access(), event, audit);
        }
        act(operation, exchange, begin(event), query);
      } else {
        answer(operation, exchange);
      }
    } catch (Problem problem) {
      ProblemDocument.answer(request, response, problem);
    }
  }

  /** A source is looked at with each pause of its author; nothing of it is run, nothing changes. */
  private static boolean isAct(ApiOperation operation, Query query) throws Problem {
    return operation.access().isAct()
        && !(operation.access() == Operation.FILES_WRITE && query.flag("dryRun"));
  }

  /** What somebody may do in general, but not now. */
  static void refuseIfReadOnly(
      ReadOnly readOnly, Operation operation, AuditEvent event, Audit audit) throws Problem {
    try {
      readOnly.check(operation);
    } catch (ReadOnlyException e) {
      audit.refused(event, Outcome.FORBIDDEN, "423 read-only");
      throw new Problem(423, String.valueOf(e.getMessage()));
    }
  }

  private Audit.Begun begin(AuditEvent event) throws Problem {
    try {
      return audit.begin(event);
    } catch (UncheckedIOException e) {
      LOG.error("{} by {} was refused", event.operation(), event.user(), e);
      throw new Problem(507, "Nothing has changed: " + e.getMessage());
    }
  }

  private static void act(
      ApiOperation operation, ApiExchange exchange, Audit.Begun begun, Query query)
      throws IOException, Problem {
    int status = 500;
    try {
      answer(operation, exchange);
      status = exchange.status();
    } catch (Problem problem) {
      status = problem.status();
      throw problem;
    } finally {
      begun.end(status < 400 ? Outcome.DONE : Outcome.FAILED, (status + " " + query).strip());
    }
  }

  private static void answer(ApiOperation operation, ApiExchange exchange)
      throws IOException, Problem {
    try {
      operation.handler().answer(exchange);
    } catch (ConfigurationRefusedException e) {
      throw new Problem(status(e.reason()), String.valueOf(e.getMessage()), e.diagnostics());
    } catch (AccountRefusedException e) {
      throw new Problem(status(e.reason()), String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      if (!operation.access().isAct()) {
        throw e;
      }
      LOG.error("{} {} failed", operation.method(), operation.path(), e);
      throw new Problem(507, "Nothing has changed: " + e.getMessage());
    }
  }

  private static int status(ConfigurationRefusedException.Reason reason) {
    return switch (reason) {
      case INVALID -> 422;
      case UNKNOWN -> 404;
      case CONFLICT -> 409;
      case OUTDATED -> 412;
    };
  }

  private static int status(AccountRefusedException.Reason reason) {
    return switch (reason) {
      case INVALID, WRONG_PASSWORD -> 422;
      case UNKNOWN -> 404;
      case CONFLICT -> 409;
    };
  }
}

package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the operations of the admin API declare, after the filter has let a request in. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Router.Match match = ApiFilter.match(request);
      ApiOperation operation = match.operation();
      Query query = Query.of(request.getQueryString(), operation.query());
      answer(
          operation,
          new ApiExchange(request, response, match.parameters(), query, ApiFilter.user(request)));
    } catch (Problem problem) {
      ProblemDocument.answer(request, response, problem);
    }
  }

  private static void answer(ApiOperation operation, ApiExchange exchange)
      throws IOException, Problem {
    try {
      operation.handler().answer(exchange);
    } catch (ConfigurationRefusedException e) {
      throw new Problem(status(e.reason()), String.valueOf(e.getMessage()), e.diagnostics());
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
}

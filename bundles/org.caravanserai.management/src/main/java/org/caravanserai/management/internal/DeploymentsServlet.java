package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deployments: list, look at, deploy, roll back, take away. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/deployments/*")
public final class DeploymentsServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentsServlet.class);
  private static final int LARGEST_SOURCE = 10 * 1024 * 1024;
  private static final int LARGEST_COMMAND = 64 * 1024;

  private final transient Deployments deployments;

  /** Made by the container. */
  @Activate
  public DeploymentsServlet(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    try {
      dispatch(method, path, request, response);
    } catch (UncheckedIOException e) {
      LOG.error("{} of a deployment failed", method, e);
      throw new Problem(507, "Nothing has changed: " + e.getMessage());
    }
  }

  private void dispatch(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (path.isEmpty()) {
      if (!method.equals("GET")) {
        throw wrongMethod(response, "GET, HEAD");
      }
      Json.answer(response, 200, Page.of(deployments.list()));
    } else if (path.size() == 1) {
      one(method, path.get(0), request, response);
    } else if (path.size() == 2 && path.get(1).equals("rollback")) {
      if (!method.equals("POST")) {
        throw wrongMethod(response, "POST");
      }
      int revision = wantedRevision(Json.read(body(request, LARGEST_COMMAND)));
      tell(path.get(0), deployments.rollback(path.get(0), revision), request, response);
    } else {
      throw nothingHere();
    }
  }

  private void one(
      String method, String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    switch (method) {
      case "GET" -> {
        DeploymentInfo found = deployments.find(name).orElseThrow(() -> unknown(name));
        response.setHeader("ETag", etag(found.revision()));
        Json.answer(response, 200, found);
      }
      case "POST" -> {
        OptionalInt expected = expected(request.getHeader("If-Match"));
        boolean dryRun = flag(request, "dryRun");
        byte[] source = body(request, LARGEST_SOURCE);
        tell(name, deployments.deploy(name, source, expected, dryRun), request, response);
      }
      case "DELETE" -> {
        if (!deployments.undeploy(name)) {
          throw unknown(name);
        }
        response.setStatus(204);
      }
      default -> throw wrongMethod(response, "GET, HEAD, POST, DELETE");
    }
  }

  private void tell(
      String name, DeployResult result, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (result instanceof DeployResult.Live live) {
      boolean created = live.first() && live.status().equals("live");
      response.setHeader("ETag", etag(live.revision()));
      Json.answer(
          response,
          created ? 201 : 200,
          new Live(
              live.status(), live.revision(), live.services(), live.timings(), differing(name)));
    } else if (result instanceof DeployResult.Rejected rejected) {
      Json.answer(
          response,
          422,
          "application/problem+json",
          new Rejected(
              "about:blank",
              "Rejected at " + rejected.stage(),
              "rejected",
              rejected.stage(),
              ApiFilter.cid(request),
              rejected.diagnostics()));
    } else if (result instanceof DeployResult.Outdated outdated) {
      throw new Problem(
          412,
          "Revision " + outdated.current() + " is current now: look at it before you replace it");
    } else if (result instanceof DeployResult.Missing missing) {
      throw new Problem(404, missing.what());
    }
  }

  /** Whether the file from which a deployment came could not be written. */
  private Optional<String> differing(String name) {
    return deployments.find(name).map(DeploymentInfo::source).filter("differs"::equals);
  }

  private static int wantedRevision(JsonNode body) throws Problem {
    JsonNode revision = body.path("revision");
    if (!revision.isIntegralNumber() || !revision.canConvertToInt()) {
      throw new Problem(400, "/revision: expected a whole number");
    }
    return revision.intValue();
  }

  private static OptionalInt expected(@Nullable String ifMatch) throws Problem {
    if (ifMatch == null || ifMatch.equals("*")) {
      return OptionalInt.empty();
    }
    if (ifMatch.startsWith("\"rev-") && ifMatch.endsWith("\"")) {
      try {
        return OptionalInt.of(Integer.parseInt(ifMatch.substring(5, ifMatch.length() - 1)));
      } catch (NumberFormatException e) {
        // Told below, with all other forms.
      }
    }
    throw new Problem(400, "If-Match is \"rev-N\" with the number of a revision, in quotes");
  }

  private static String etag(int revision) {
    return "\"rev-" + revision + "\"";
  }

  private static Problem unknown(String name) {
    return new Problem(404, "No deployment is named " + name);
  }

  /** The body of a success. */
  private record Live(
      String status,
      int revision,
      List<String> services,
      DeployResult.Timings timings,
      Optional<String> source) {}

  /** The body of a refusal: a problem document whose status is the contract's word. */
  private record Rejected(
      String type,
      String title,
      String status,
      String stage,
      String cid,
      List<Diagnostic> diagnostics) {}
}

package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.RevisionInfo;
import org.caravanserai.management.Page;
import org.caravanserai.security.Operation;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments: list, look at, deploy, roll back, compile anew, take away. */
@Component(service = Resource.class)
public final class DeploymentsResource implements Resource {

  private static final int LARGEST_SOURCE = 10 * 1024 * 1024;
  private static final int LARGEST_COMMAND = 64 * 1024;
  private static final String ONE = "/api/v1/deployments/{name}";

  private static final String TEXT = "text/plain; charset=utf-8";

  private static final QueryParameter FORCE =
      QueryParameter.flag("force", "also if bundles of others are restarted by it");

  private final Deployments deployments;
  private final Listing<DeploymentInfo> listing =
      new Listing<DeploymentInfo>(
              each ->
                  Stream.concat(
                      Stream.of(each.name(), each.origin().orElse("")), each.services().stream()))
          .by("name", DeploymentInfo::name)
          .by("status", DeploymentInfo::status)
          .by("source", DeploymentInfo::source)
          .by("refused", each -> Boolean.toString(!each.rejected().isEmpty()))
          .sortedBy("revision", DeploymentInfo::revision)
          .sortedBy("since", DeploymentInfo::since);

  /** Made by the container. */
  @Activate
  public DeploymentsResource(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/deployments",
                Operation.DEPLOYMENTS_READ,
                "all deployments",
                exchange -> exchange.json(200, listing.page(deployments.list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(DeploymentInfo.class)),
        ApiOperation.of(
                "GET",
                ONE,
                Operation.DEPLOYMENTS_READ,
                "revision, services, file, why the last attempt was refused; ETag",
                this::look)
            .answers(200, DeploymentInfo.class)
            .refuses(404),
        ApiOperation.of(
                "POST",
                ONE,
                Operation.DEPLOYMENTS_WRITE,
                "deploys; body: a Java source, a zip file of sources, a jar of services, another"
                    + " bundle, or Camel routes in YAML or XML;"
                    + " If-Match: \"rev-6\"",
                this::deploy)
            .with(List.of(QueryParameter.flag("dryRun", "only tell what would happen"), FORCE))
            .takes("application/octet-stream", Map.of())
            .answers(200, Live.class)
            .answers(201, Live.class)
            .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(412, 413, 507),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.DEPLOYMENTS_WRITE,
                "takes it away, with its file, after the last call",
                this::undeploy)
            .answers(204, "", Map.of())
            .refuses(404, 507),
        ApiOperation.of(
                "POST",
                ONE + "/rollback",
                Operation.DEPLOYMENTS_ROLLBACK,
                "the old source as a new revision",
                this::rollback)
            .with(List.of(FORCE))
            .takes("application/json", Wanted.class)
            .answers(200, Live.class)
            .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(404, 413, 507),
        ApiOperation.of(
                "POST",
                ONE + "/redeploy",
                Operation.DEPLOYMENTS_REDEPLOY,
                "its source once more, as a new revision: against the highest versions of"
                    + " libraries",
                this::redeploy)
            .answers(200, Live.class)
            .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(404, 507),
        ApiOperation.of(
                "GET",
                ONE + "/revisions",
                Operation.DEPLOYMENTS_READ,
                "its revisions whose source is kept, the newest first",
                this::revisions)
            .answers(200, new PageOf(RevisionInfo.class))
            .refuses(404),
        ApiOperation.of(
                "GET",
                ONE + "/revisions/{number}/source",
                Operation.FILES_TEXT,
                "the text that was deployed; ETag",
                this::source)
            .answers(200, TEXT, Map.of("type", "string"))
            .refuses(404, 415));
  }

  private void revisions(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    if (deployments.find(name).isEmpty()) {
      throw unknown(name);
    }
    exchange.json(200, Page.all(deployments.revisions(name)));
  }

  private void source(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    String number = exchange.parameter("number");
    byte[] source =
        (number.matches("[1-9][0-9]{0,8}")
                ? deployments.source(name, Integer.parseInt(number))
                : Optional.<byte[]>empty())
            .orElseThrow(() -> new Problem(404, name + " has no revision " + number));
    if (!isText(source)) {
      throw new Problem(415, name + " revision " + number + " is no text");
    }
    exchange.answer(200, TEXT, source);
  }

  private static boolean isText(byte[] source) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(source))
          .chars()
          .noneMatch(each -> each == 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void look(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    DeploymentInfo found = deployments.find(name).orElseThrow(() -> unknown(name));
    exchange.header("ETag", etag(found.revision()));
    exchange.json(200, found);
  }

  private void deploy(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    OptionalInt expected = expected(exchange.header("If-Match"));
    boolean dryRun = exchange.query().flag("dryRun");
    boolean force = exchange.query().flag("force");
    byte[] source = exchange.body(LARGEST_SOURCE);
    tell(
        name,
        deployments.deploy(name, source, new DeployOptions(expected, dryRun, force)),
        exchange);
  }

  private void undeploy(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("name");
    if (!deployments.undeploy(name)) {
      throw unknown(name);
    }
    exchange.done();
  }

  private void rollback(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    int revision = wantedRevision(Json.read(exchange.body(LARGEST_COMMAND)));
    boolean force = exchange.query().flag("force");
    tell(name, deployments.rollback(name, revision, force), exchange);
  }

  private void redeploy(ApiExchange exchange) throws IOException, Problem {
    String name = exchange.parameter("name");
    tell(name, deployments.redeploy(name), exchange);
  }

  private void tell(String name, DeployResult result, ApiExchange exchange)
      throws IOException, Problem {
    if (result instanceof DeployResult.Live live) {
      boolean created = live.first() && live.status().equals("live");
      exchange.header("ETag", etag(live.revision()));
      exchange.json(
          created ? 201 : 200,
          new Live(
              live.status(),
              live.revision(),
              live.services(),
              live.affected(),
              live.changes(),
              live.timings(),
              differing(name)));
    } else if (result instanceof DeployResult.Disturbing disturbing) {
      Refusals.disturbing(exchange, name, disturbing.affected());
    } else if (result instanceof DeployResult.Rejected rejected) {
      Refusals.rejected(exchange, rejected.stage(), rejected.diagnostics());
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

  /** The body of a roll-back. */
  private record Wanted(int revision) {}

  /** The body of a success. */
  private record Live(
      String status,
      int revision,
      List<String> services,
      List<AffectedBundle> affected,
      List<String> changes,
      DeployResult.Timings timings,
      Optional<String> source) {}
}

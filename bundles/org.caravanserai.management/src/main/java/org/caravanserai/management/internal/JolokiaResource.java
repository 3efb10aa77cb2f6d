package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravanserai.management.ApiJson;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.Outcome;
import org.jolokia.core.api.LogHandler;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.impl.ClasspathServiceCreator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of the server by Jolokia's protocol, so that clients of it such as Hawtio work here.
 * It stands behind the same door as the admin API; what it may do is {@link JmxPolicy}'s.
 */
@Component(service = Resource.class, configurationPid = "org.caravanserai.management")
public final class JolokiaResource implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(JolokiaResource.class);
  private static final String ALL = "/jolokia";
  private static final int LONGEST_BODY = 1024 * 1024;
  private static final Set<String> READS = Set.of("", "version", "read", "list", "search");
  private static final Set<String> CHANGES = Set.of("write", "exec");
  private static final Map<String, Object> ANY = Map.of();

  /** What a client may say about its answer; not how a script of another site gets it. */
  private static final List<QueryParameter> PARAMETERS =
      Arrays.stream(ConfigKey.values())
          .filter(each -> each.isRequestConfig() && each != ConfigKey.CALLBACK)
          .map(each -> QueryParameter.text(each.getKeyValue(), "see Jolokia's reference"))
          .toList();

  private final Audit audit;
  private final ReadOnly readOnly;
  private final JmxPolicy policy;
  private final JolokiaServiceManager services;
  private final HttpRequestHandler handler;

  /** Starts Jolokia, without a port or an agent of its own. */
  @Activate
  public JolokiaResource(
      ManagementSettings settings, @Reference Audit audit, @Reference ReadOnly readOnly) {
    this.audit = audit;
    this.readOnly = readOnly;
    policy = new JmxPolicy(settings.jmx__changeable(), settings.jmx__hidden());
    services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(
            new StaticConfiguration(
                ConfigKey.AGENT_ID, "caravanserai",
                ConfigKey.DISCOVERY_ENABLED, "false",
                ConfigKey.DISABLE_DETECTORS, "true",
                ConfigKey.ALLOW_ERROR_DETAILS, "false",
                ConfigKey.INCLUDE_STACKTRACE, "false",
                ConfigKey.DEBUG, "false"),
            new Log(),
            policy);
    services.addServices(
        new ClasspathServiceCreator(JolokiaResource.class.getClassLoader(), "services"));
    handler = new HttpRequestHandler(services.start());
  }

  /** Stops Jolokia. */
  @Deactivate
  void close() {
    services.stop();
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        get(ALL, "which Jolokia this is"),
        get(ALL + "/{path+}", "read, list, search or version, by Jolokia's protocol")
            .with(PARAMETERS),
        post(ALL),
        post(ALL + "/"));
  }

  private ApiOperation get(String path, String summary) {
    return ApiOperation.of("GET", path, Operation.CONTAINER_READ, summary, this::get)
        .answers(200, ANY);
  }

  private ApiOperation post(String path) {
    return ApiOperation.of(
            "POST",
            path,
            Operation.CONTAINER_READ,
            "requests by Jolokia's protocol, one or many; write and exec need admin",
            this::post)
        .with(PARAMETERS)
        .takes("application/json", ANY)
        .answers(200, ANY)
        .refuses(413, 423);
  }

  private void get(ApiExchange exchange) throws IOException, Problem {
    String path = exchange.path().substring(ALL.length());
    // A change by a link is refused as well: no token goes with it.
    refuseUnlessRead(path.replaceFirst("^/*([^/]*).*", "$1"));
    JsonNode answer =
        handle(
            false,
            () ->
                handler.handleGetRequest(
                    exchange.path(), path.isEmpty() ? "/" : path, parameters(exchange)));
    exchange.json(200, answer);
  }

  private void post(ApiExchange exchange) throws IOException, Problem {
    JsonNode body = Json.read(exchange.body(LONGEST_BODY));
    if (body.isArray()) {
      ArrayNode answers = JsonNodeFactory.instance.arrayNode();
      for (JsonNode each : body) {
        answers.add(one(exchange, each));
      }
      exchange.json(200, answers);
    } else {
      exchange.json(200, one(exchange, body));
    }
  }

  private static void refuseUnlessRead(String type) throws Problem {
    if (!READS.contains(type)) {
      throw new Problem(
          400, "Taken here are version, read, list, search, and by POST write and exec");
    }
  }

  private JsonNode one(ApiExchange exchange, JsonNode request) throws IOException, Problem {
    String type = request.path("type").asText();
    if (!CHANGES.contains(type)) {
      refuseUnlessRead(type);
      return handle(exchange, request, false);
    }
    String name = "jmx." + type;
    String target =
        request.path("mbean").asText()
            + " "
            + request.path(type.equals("exec") ? "operation" : "attribute").asText();
    if (!exchange.user().may(Operation.CONTAINER_WRITE)) {
      audit.refused(exchange.event(name, target), Outcome.FORBIDDEN, "");
      return handle(exchange, request, false);
    }
    ApiServlet.refuseIfReadOnly(
        readOnly, Operation.CONTAINER_WRITE, exchange.event(name, target), audit);
    Audit.Begun begun = begin(exchange, name, target);
    int status = 500;
    try {
      JsonNode answer = handle(exchange, request, true);
      status = answer.path("status").asInt();
      return answer;
    } finally {
      begun.end(status == 200 ? Outcome.DONE : Outcome.FAILED, Integer.toString(status));
    }
  }

  private Audit.Begun begin(ApiExchange exchange, String name, String target) throws Problem {
    try {
      return audit.begin(exchange.event(name, target));
    } catch (UncheckedIOException e) {
      throw new Problem(507, "Nothing was done: " + e.getMessage());
    }
  }

  private JsonNode handle(ApiExchange exchange, JsonNode request, boolean mayChange)
      throws IOException, Problem {
    byte[] single = Json.write(request);
    boolean isAdmin = mayChange || exchange.user().may(Operation.CONTAINER_WRITE);
    return handle(
        isAdmin,
        () ->
            handler.handlePostRequest(
                exchange.path(),
                new ByteArrayInputStream(single),
                StandardCharsets.UTF_8.name(),
                parameters(exchange)));
  }

  private JsonNode handle(boolean mayChange, JmxPolicy.Work<JSONStructure> work) throws Problem {
    try {
      return policy.during(mayChange, () -> ApiJson.read(work.done().toJSONString()));
    } catch (BadRequestException | EmptyResponseException | IllegalArgumentException e) {
      throw new Problem(400, "It is no request of Jolokia's: " + e.getMessage());
    } catch (Problem e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("A request of Jolokia's failed", e);
      throw new Problem(500, "Internal error; the log has it by its cid");
    }
  }

  private static Map<String, String[]> parameters(ApiExchange exchange) {
    Map<String, String[]> given = new LinkedHashMap<>();
    for (QueryParameter each : PARAMETERS) {
      exchange
          .query()
          .text(each.name())
          .ifPresent(value -> given.put(each.name(), new String[] {value}));
    }
    return given;
  }

  /** What Jolokia says, in the log of the server. */
  private static final class Log implements LogHandler {
    @Override
    public void debug(String message) {
      LOG.debug("{}", message);
    }

    @Override
    public void info(String message) {
      LOG.debug("{}", message);
    }

    @Override
    public void error(String message, Throwable failure) {
      LOG.debug("{}", message, failure);
    }

    @Override
    public boolean isDebug() {
      return false;
    }
  }
}

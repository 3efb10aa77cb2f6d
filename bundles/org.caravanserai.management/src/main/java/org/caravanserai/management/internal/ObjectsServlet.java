package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.RateLimits;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The configured objects: list, look at, make, change, take away, ping, clear its counters. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/objects/*")
public final class ObjectsServlet extends ConfigurationServlet {

  private static final long serialVersionUID = 1L;
  private static final int LARGEST_OBJECT = 1024 * 1024;

  private final transient ObjectStore objects;
  private final transient PingAnswer pings;
  private final transient RateLimits rates;

  /** Made by the container. */
  @Activate
  public ObjectsServlet(@Reference ObjectStore objects, @Reference RateLimits rates) {
    this.objects = objects;
    this.pings = new PingAnswer(objects);
    this.rates = rates;
  }

  @Override
  void configure(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (path.isEmpty()) {
      if (!method.equals("GET")) {
        throw wrongMethod(response, "GET, HEAD");
      }
      Json.answer(response, 200, ObjectList.page(objects.list(), request));
    } else if (path.size() == 1) {
      throw nothingHere();
    } else if (isAction("ping", method, path)) {
      pings.write(path.get(0), String.join("/", path.subList(1, path.size() - 1)), response);
    } else if (isAction("clear-counters", method, path)) {
      clear(path.get(0), String.join("/", path.subList(1, path.size() - 1)), response);
    } else {
      // A slash in a name may be sent as it is.
      String name = String.join("/", path.subList(1, path.size()));
      one(method, path.get(0), name, request, response);
    }
  }

  private static boolean isAction(String action, String method, List<String> path) {
    return method.equals("POST") && path.size() > 2 && path.get(path.size() - 1).equals(action);
  }

  /** Sets the counters of the rate limits of an object to zero. */
  private void clear(String kind, String name, HttpServletResponse response) throws Problem {
    if (objects.find(kind, name).isEmpty()) {
      throw new Problem(404, "There is no " + kind + "/" + name);
    }
    if (!rates.clear(kind, name)) {
      throw new Problem(409, kind + "/" + name + " has no rate limits in operation");
    }
    response.setStatus(204);
  }

  private void one(
      String method,
      String kind,
      String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, Problem {
    switch (method) {
      case "GET" ->
          tell(
              200,
              objects
                  .read(kind, name)
                  .orElseThrow(() -> new Problem(404, "There is no " + kind + "/" + name)),
              response);
      case "PUT" -> {
        Condition condition = condition(request);
        boolean detach = flag(request, "detach");
        boolean isNew = objects.find(kind, name).isEmpty();
        byte[] document = document(request);
        tell(isNew ? 201 : 200, objects.put(kind, name, document, condition, detach), response);
      }
      case "DELETE" -> {
        objects.delete(kind, name, condition(request));
        response.setStatus(204);
      }
      default -> throw wrongMethod(response, "GET, HEAD, PUT, DELETE");
    }
  }

  /** JSON is YAML but for tabs between its words. */
  private static byte[] document(HttpServletRequest request) throws IOException, Problem {
    byte[] document = body(request, LARGEST_OBJECT);
    String type = request.getContentType();
    if (type != null && type.contains("json")) {
      for (int i = 0; i < document.length; i++) {
        document[i] = document[i] == '\t' ? (byte) ' ' : document[i];
      }
    }
    return document;
  }

  private static Condition condition(HttpServletRequest request) throws Problem {
    String noneMatch = request.getHeader("If-None-Match");
    if (noneMatch != null && !noneMatch.equals("*")) {
      throw new Problem(400, "If-None-Match is * here");
    }
    return new Condition(etag(request.getHeader("If-Match")), noneMatch != null);
  }

  private static Optional<String> etag(@Nullable String ifMatch) throws Problem {
    if (ifMatch == null || ifMatch.equals("*")) {
      return Optional.ofNullable(ifMatch);
    }
    if (ifMatch.length() > 2 && ifMatch.startsWith("\"") && ifMatch.endsWith("\"")) {
      return Optional.of(ifMatch.substring(1, ifMatch.length() - 1));
    }
    throw new Problem(400, "If-Match is one ETag in quotes, or *");
  }

  private static void tell(int status, ConfiguredObject object, HttpServletResponse response)
      throws IOException {
    ObjectInfo info = object.info();
    response.setHeader("ETag", "\"" + object.etag() + "\"");
    Json.answer(
        response,
        status,
        new Answer(
            info.kind(), info.name(), info.origin(), info.state(), info.reason(), object.fields()));
  }

  /** An object as it is answered. */
  private record Answer(
      String kind,
      String name,
      String origin,
      ObjectInfo.State state,
      Optional<String> reason,
      Map<String, Object> fields) {}
}

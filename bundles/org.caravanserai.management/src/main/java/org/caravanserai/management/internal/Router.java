package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.caravanserai.management.ApiDescription;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds the operation that a request means, among those that the resources declare. */
@Component(service = {Router.class, ApiDescription.class})
public final class Router implements ApiDescription {

  private final Map<Resource, List<ApiOperation>> resources = new ConcurrentHashMap<>();
  private final OpenApiResource description = new OpenApiResource(this::operations, this::kinds);
  private volatile @Nullable ObjectStore objects;

  /** With the description of the API itself. */
  @Activate
  public Router() {
    bindResource(description);
  }

  @Override
  public Map<String, Object> document() {
    return description.document();
  }

  /** A resource is there. */
  @Reference(
      service = Resource.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindResource(Resource resource) {
    resources.put(resource, resource.operations());
  }

  /** A resource is gone. */
  void unbindResource(Resource resource) {
    resources.remove(resource);
  }

  /** The store is there, and with it the kinds. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindObjects(ObjectStore store) {
    objects = store;
  }

  /** The store is gone. */
  void unbindObjects(ObjectStore store) {
    if (objects == store) {
      objects = null;
    }
  }

  private List<KindInfo> kinds() {
    ObjectStore store = objects;
    return store == null ? List.of() : store.kinds();
  }

  /** All operations, by path and method. */
  List<ApiOperation> operations() {
    List<ApiOperation> all = new ArrayList<>();
    resources.values().forEach(all::addAll);
    all.sort(
        Comparator.comparing((ApiOperation operation) -> operation.path().toString())
            .thenComparing(ApiOperation::method));
    return all;
  }

  /**
   * The operation that a request means.
   *
   * @throws Problem 404 if there is nothing at its path, 405 if not for its method
   */
  Match match(HttpServletRequest request) throws Problem {
    return match(request.getMethod(), request.getRequestURI());
  }

  /** The operation that a request means, if it is one for anybody. */
  Optional<Match> matchOpen(HttpServletRequest request) {
    for (List<ApiOperation> operations : resources.values()) {
      for (ApiOperation operation : operations) {
        if (operation.isOpen()
            && operation.method().equals(request.getMethod())
            && operation.path().toString().equals(request.getRequestURI())) {
          return Optional.of(new Match(operation, Map.of()));
        }
      }
    }
    return Optional.empty();
  }

  Match match(String requested, String uri) throws Problem {
    String method = requested.equals("HEAD") ? "GET" : requested;
    List<String> path = parts(uri);
    Set<String> allowed = new TreeSet<>();
    @Nullable Match best = null;
    for (List<ApiOperation> operations : resources.values()) {
      for (ApiOperation operation : operations) {
        Map<String, String> parameters = operation.path().match(path).orElse(null);
        if (parameters == null) {
          continue;
        }
        allowed.add(operation.method());
        boolean isBetter =
            best == null || operation.path().literals() > best.operation().path().literals();
        if (operation.method().equals(method) && isBetter) {
          best = new Match(operation, parameters);
        }
      }
    }
    if (best != null) {
      return best;
    }
    if (allowed.isEmpty()) {
      throw new Problem(404, "There is nothing at this path");
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String methods = String.join(", ", allowed);
    throw new Problem(405, "Allowed here: " + methods).with("Allow", methods);
  }

  private static List<String> parts(String path) throws Problem {
    List<String> parts = new ArrayList<>();
    int begin = 1;
    while (begin <= path.length()) {
      int end = path.indexOf('/', begin);
      end = end < 0 ? path.length() : end;
      parts.add(decode(path.substring(begin, end)));
      begin = end + 1;
    }
    return parts;
  }

  private static String decode(String part) throws Problem {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "The path is not percent-encoded right");
    }
  }

  /**
   * What a request means.
   *
   * @param operation the operation
   * @param parameters those of the path, decoded, by name
   */
  record Match(ApiOperation operation, Map<String, String> parameters) {

    /** What it is done to, such as {@code sql/orders}. */
    String target() {
      return operation.path().parameters().stream()
          .map(name -> String.valueOf(parameters.get(name)))
          .collect(Collectors.joining("/"));
    }
  }
}

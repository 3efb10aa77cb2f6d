package org.caravanserai.routes.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.caravanserai.camel.ContextEntry;
import org.caravanserai.camel.RouteEntry;
import org.caravanserai.camel.ServiceEntrances;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;

/** The doors of one revision's routes that are the server's own: services, and paths. */
final class Entrances implements ServiceEntrances {

  private static final String BELOW = "{camel-below}";

  private final String deployment;
  private final Map<String, RouteEntry> entries = new LinkedHashMap<>();
  private final Map<String, PathEntry> paths = new LinkedHashMap<>();
  private final List<HttpDoor> doors = new ArrayList<>();
  private List<ServiceRevision> revisions = List.of();

  /** Whether all routes have been made: what starts from now on starts again. */
  private boolean complete;

  Entrances(String deployment) {
    this.deployment = deployment;
  }

  @Override
  public synchronized void add(String service, RouteEntry entrance) {
    if (complete) {
      follow(entries.get(service), entrance, "service:" + service);
      return;
    }
    if (entries.putIfAbsent(service, entrance) != null) {
      throw new IllegalArgumentException("two routes start from service:" + service);
    }
  }

  /**
   * A route starts at a path.
   *
   * @throws IllegalArgumentException if it can't
   */
  synchronized void add(
      PlatformHttpEndpoint endpoint, HttpComponent.Access access, RouteEntry entrance) {
    Set<String> methods = methods(endpoint.getHttpMethodRestrict());
    String path = endpoint.getPath();
    List<PathTemplate> templates = paths(path, endpoint.isMatchOnUriPrefix());
    String slot = deployment + "#" + nameless(templates.get(0));
    PathEntry entry = paths.computeIfAbsent(slot, name -> new PathEntry());
    if (complete) {
      methods.forEach(method -> follow(entry.at(method), entrance, "platform-http:" + path));
      return;
    }
    for (String method : methods) {
      if (!entry.add(method, entrance)) {
        throw new IllegalArgumentException(
            "two routes start from platform-http:" + path + " for " + method);
      }
    }
    doors.add(
        new HttpDoor(
            slot,
            templates,
            methods,
            access,
            endpoint.isUseStreaming(),
            endpoint.isPopulateBodyWithForm(),
            endpoint.getRequestTimeout(),
            Optional.ofNullable(endpoint.getProduces())
                .filter(types -> types.indexOf(',') < 0)
                .orElse("")));
  }

  /** Whose door was not made with the revision has none. */
  private static void follow(@Nullable RouteEntry known, RouteEntry again, String from) {
    if (known == null) {
      throw new IllegalArgumentException(
          "the route from " + from + " did not start with its file, so that nothing leads to it");
    }
    known.follow(again);
  }

  /** A path without the names of its parameters, which may change without its being another. */
  static String nameless(PathTemplate path) {
    return path.toString().replaceAll("\\{[^}]*}", "{}");
  }

  private static Set<String> methods(@Nullable String restrict) {
    if (restrict == null || restrict.isBlank()) {
      return TrafficRoute.ANY_METHOD;
    }
    return Arrays.stream(restrict.split(",", -1))
        .map(method -> method.strip().toUpperCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<PathTemplate> paths(String path, boolean prefix) {
    try {
      boolean star = path.endsWith("/*");
      String plain = star ? path.substring(0, path.length() - 2) : path;
      String base = plain.isEmpty() ? "/" : plain;
      if (!prefix && !star) {
        return List.of(PathTemplate.parse(base));
      }
      String below = base.endsWith("/") ? base + BELOW : base + "/" + BELOW;
      return List.of(PathTemplate.parse(base), PathTemplate.parse(below, true));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("platform-http:" + path + " " + e.getMessage());
    }
  }

  /** The name of the entrance through which services reach the endpoints of a deployment. */
  static String inside(String deployment) {
    return deployment + "#camel";
  }

  /**
   * Makes revisions of services out of them.
   *
   * @param context where their routes are
   */
  void prepare(ServiceRegistry registry, CamelContext context, int revision)
      throws RevisionRefusedException {
    List<ServiceRevision> prepared = new ArrayList<>();
    prepared.add(
        registry.prepare(inside(deployment), new ContextEntry(context), deployment, revision));
    for (Map.Entry<String, RouteEntry> each : entries.entrySet()) {
      prepared.add(registry.prepare(each.getKey(), each.getValue(), deployment, revision));
    }
    for (Map.Entry<String, PathEntry> each : paths.entrySet()) {
      prepared.add(registry.prepare(each.getKey(), each.getValue(), deployment, revision));
    }
    revisions = List.copyOf(prepared);
    synchronized (this) {
      complete = true;
    }
  }

  List<ServiceRevision> revisions() {
    return revisions;
  }

  List<HttpDoor> doors() {
    return doors;
  }
}

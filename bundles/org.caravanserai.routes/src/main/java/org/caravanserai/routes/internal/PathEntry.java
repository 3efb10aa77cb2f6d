package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.api.Context;
import org.caravanserai.api.Http;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.RouteEntry;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The way into the routes that start at one path, by method. A path is one entrance whatever its
 * methods are, so that no request that is under way is lost when they change.
 */
final class PathEntry implements Service<Payload, CompletionStage<@Nullable Object>> {

  private static final int METHOD_NOT_ALLOWED = 405;

  private final Map<String, RouteEntry> byMethod = new ConcurrentHashMap<>();

  /** Adds a route; whether there was none yet for that method. */
  boolean add(String method, RouteEntry entry) {
    return byMethod.putIfAbsent(method, entry) == null;
  }

  /** The route for that method; {@code null} if there is none. */
  @Nullable RouteEntry at(String method) {
    return byMethod.get(method);
  }

  @Override
  public CompletionStage<@Nullable Object> handle(Payload input, Context context) throws Exception {
    String method = context.http().map(Http::method).orElse("GET");
    RouteEntry entry = byMethod.get(method.equals("HEAD") ? "GET" : method);
    if (entry == null) {
      throw new ServiceException(METHOD_NOT_ALLOWED, method + " is not allowed here");
    }
    return entry.handle(input, context);
  }
}

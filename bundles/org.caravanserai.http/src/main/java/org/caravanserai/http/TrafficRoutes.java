package org.caravanserai.http;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Who answers which path on the traffic listener. */
@ProviderType
public interface TrafficRoutes {

  /**
   * Sends the requests that a route names to its handler, from now on.
   *
   * @throws RouteConflictException if another route takes some of them already
   */
  Registration add(TrafficRoute route) throws RouteConflictException;

  /**
   * Looks whether {@link #add} would take a route now, and changes nothing.
   *
   * @throws RouteConflictException if another route takes some of its requests already
   */
  void check(TrafficRoute route) throws RouteConflictException;

  /**
   * The same for paths below {@code /pubsub}, which channels can't have. Errors of such paths, also
   * where no route is, are {@code {"is_ok":false,"cid":"...","details":"...","status":"403
   * Forbidden"}}.
   *
   * @throws RouteConflictException if another route takes some of its requests already
   */
  Registration addPubSub(TrafficRoute route) throws RouteConflictException;

  /**
   * Lets somebody answer {@code GET /openapi.json}, from now on.
   *
   * @param handler who answers; {@code null} for nobody: 404
   */
  void openApi(@Nullable TrafficHandler handler);

  /** A route in operation. */
  @ProviderType
  interface Registration extends AutoCloseable {

    /**
     * Puts another route into its place in one step: no request meets neither of them.
     *
     * @throws RouteConflictException if a third route takes some of its requests already; nothing
     *     has changed then
     */
    void replace(TrafficRoute route) throws RouteConflictException;

    /** Sends it no more requests; those under way go on. Closing again does nothing. */
    @Override
    void close();
  }
}

package org.caravanserai.camel;

import java.util.Optional;

/**
 * A node of a route: where it begins, one of its processors, or a branch of one.
 *
 * @param id the id that Camel knows it by, once only in a diagram
 * @param kind what it is, as routes in YAML call it, such as {@code setBody}; {@code from} for the
 *     beginning
 * @param text its expression or endpoint as the route has it, without passwords; may be empty
 * @param description what its author says of it
 * @param parent the id of the node that it is inside of
 * @param line its line in the source, from 1
 * @param isDisabled whether exchanges pass it by
 * @param target what of the server it leads to
 * @param figures what it has done; none if nobody counts
 */
public record RouteNode(
    String id,
    String kind,
    String text,
    Optional<String> description,
    Optional<String> parent,
    Optional<Integer> line,
    boolean isDisabled,
    Optional<RouteTarget> target,
    Optional<NodeFigures> figures) {}

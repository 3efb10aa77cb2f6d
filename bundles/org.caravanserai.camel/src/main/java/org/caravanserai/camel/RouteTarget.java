package org.caravanserai.camel;

/**
 * What of the server a node of a route leads to, or comes from.
 *
 * @param kind {@code service}, {@code connection} with {@code kind/name} as its name, or {@code
 *     route}
 * @param name its name
 */
public record RouteTarget(String kind, String name) {}

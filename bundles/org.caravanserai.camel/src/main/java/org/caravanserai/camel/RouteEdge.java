package org.caravanserai.camel;

/**
 * A way that exchanges go, or copies of them.
 *
 * @param from the id of a node
 * @param to the id of the next one
 * @param label when it is gone, such as {@code otherwise}; empty if always
 */
public record RouteEdge(String from, String to, String label) {}

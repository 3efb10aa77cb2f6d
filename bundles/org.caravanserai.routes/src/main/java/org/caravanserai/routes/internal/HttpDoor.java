package org.caravanserai.routes.internal;

import java.util.List;
import java.util.Set;
import org.caravanserai.http.PathTemplate;

/**
 * A path at which a route starts.
 *
 * @param slot the name of its place in the registry of services
 * @param paths the path, and what is below it if that belongs to it
 * @param methods the methods
 * @param access who may call
 * @param streams whether the body goes in as it arrives
 * @param readsForms whether the fields of a form become the body
 * @param timeoutMillis how long an answer may take; 0 for as long as by default
 * @param contentType the content type of answers; empty for that of the body
 */
record HttpDoor(
    String slot,
    List<PathTemplate> paths,
    Set<String> methods,
    HttpComponent.Access access,
    boolean streams,
    boolean readsForms,
    long timeoutMillis,
    String contentType) {}

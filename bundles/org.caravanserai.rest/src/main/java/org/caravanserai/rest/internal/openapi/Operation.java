package org.caravanserai.rest.internal.openapi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.security.Authenticator;

/**
 * A channel, as far as callers need to know it.
 *
 * @param channel its name
 * @param services the services that it leads to, of which a request names one if there are several;
 *     none if it leads to other systems only
 * @param path its path
 * @param methods its methods, in upper case
 * @param format the format of bodies
 * @param contentType the type of answers; empty for that of the format
 * @param security any of what lets callers in; none for everybody
 * @param mergesParameters whether parameters of path and query are members of the input
 * @param isDeprecated whether it is deprecated
 * @param requestSchema the JSON Schema of requests that the channel itself has
 * @param isServed whether it is the service that answers
 * @param isTold whether the document of all channels tells of it
 * @param yields whether it leaves its path to any other channel
 */
public record Operation(
    String channel,
    List<String> services,
    PathTemplate path,
    Set<String> methods,
    DataFormat format,
    Optional<String> contentType,
    List<Authenticator> security,
    boolean mergesParameters,
    boolean isDeprecated,
    Optional<String> requestSchema,
    boolean isServed,
    boolean isTold,
    boolean yields) {

  /** Whether a request names the service. */
  boolean isGateway() {
    return services.size() > 1;
  }
}

package org.caravanserai.camel;

import java.util.Locale;
import org.apache.camel.CamelContext;

/**
 * A Camel context, as it is now.
 *
 * @param name its name: {@code serai-channels}, or that of the deployment
 * @param state {@code started}, {@code stopped}, {@code suspended}, or on the way there
 * @param version the version of Camel
 * @param uptimeMillis how long it has been started
 * @param routes how many routes it has
 */
public record CamelContextInfo(
    String name, String state, String version, long uptimeMillis, int routes) {

  /** Reads what Camel knows. */
  public static CamelContextInfo of(CamelContext context) {
    return new CamelContextInfo(
        context.getName(),
        context.getStatus().name().toLowerCase(Locale.ROOT),
        context.getVersion(),
        context.getUptime().toMillis(),
        context.getRoutesSize());
  }
}

package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.caravanserai.camel.RouteEntry;

/**
 * {@code platform-http:PATH} on the traffic listener. Beside Camel's options an endpoint has {@code
 * security}, the name of a security definition, and {@code groups}, names of groups of them,
 * divided by commas: any of these lets callers in.
 */
final class HttpComponent extends PlatformHttpComponent implements PlatformHttpEngine {

  private final Entrances entrances;
  private final Map<Endpoint, Access> access = new ConcurrentHashMap<>();

  /**
   * A component for one context.
   *
   * @param entrances takes the paths
   */
  HttpComponent(Entrances entrances) {
    this.entrances = entrances;
    setEngine(this);
  }

  /**
   * Who may call an endpoint.
   *
   * @param security the name of a security definition; empty for none
   * @param groups names of groups, divided by commas; empty for none
   */
  record Access(String security, String groups) {}

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String security = getAndRemoveParameter(parameters, "security", String.class, "");
    String groups = getAndRemoveParameter(parameters, "groups", String.class, "");
    Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
    if (endpoint instanceof PlatformHttpEndpoint http) {
      http.setExchangePattern(ExchangePattern.InOut);
    }
    access.put(endpoint, new Access(security, groups));
    return endpoint;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    HttpConsumer consumer = new HttpConsumer(endpoint, processor);
    entrances.add(
        endpoint, access.getOrDefault(endpoint, new Access("", "")), new RouteEntry(consumer));
    return consumer;
  }

  @Override
  public String getScheme() {
    return "http";
  }
}

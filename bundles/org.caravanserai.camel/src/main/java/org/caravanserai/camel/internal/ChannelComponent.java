package org.caravanserai.camel.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code channel:kind/name}: what comes in through a configured channel. */
final class ChannelComponent extends DefaultComponent {

  /** The endpoint from which the route behind an entrance starts. */
  ChannelEndpoint endpoint(RouteEntrance entrance) {
    String name = URLEncoder.encode(entrance.id(), StandardCharsets.UTF_8).replace("%2F", "/");
    return new ChannelEndpoint("channel://" + name, this, entrance);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    throw new IllegalArgumentException(
        uri + ": the routes of channels are made from their configuration");
  }
}

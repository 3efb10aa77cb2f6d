package org.caravanserai.camel;

import org.osgi.annotation.versioning.ProviderType;

/** The Camel routes of channels: one each, from the channel to its service. */
@ProviderType
public interface ChannelRoutes {

  /**
   * Makes and starts the route of a channel. Its id is {@code kind/name}.
   *
   * <p>When a channel changes to another service, open its new route first, let new requests go
   * there, then close the old one: the new route stands beside the old one under a provisional id
   * and takes over the proper one when the last call has left the old one.
   *
   * @param kind the channel's kind as configuration spells it, such as {@code channel_rest}
   * @param name the channel's name
   * @param service the name of the service to which it leads, deployed or not
   * @throws IllegalStateException if Camel refuses the route
   */
  ChannelRoute open(String kind, String name, String service);
}

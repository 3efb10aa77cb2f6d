package org.caravanserai.camel.internal;

import java.util.function.Consumer;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Reply;

/** A channel's route to one service. The Camel route behind it may change its id once. */
final class OpenRoute implements ChannelRoute {

  private final ChannelSite site;
  private final String service;
  private volatile RouteEntrance entrance;

  OpenRoute(ChannelSite site, String service, RouteEntrance entrance) {
    this.site = site;
    this.service = service;
    this.entrance = entrance;
  }

  @Override
  public String service() {
    return service;
  }

  /** The entrance of its Camel route. */
  RouteEntrance entrance() {
    return entrance;
  }

  /** Lets new calls go through another Camel route to the same service. */
  void moveTo(RouteEntrance next) {
    entrance = next;
  }

  @Override
  public void call(Call call, Consumer<Reply> done) throws ChannelStoppedException {
    RouteEntrance door = entrance;
    while (!door.enter()) {
      RouteEntrance next = entrance;
      if (next == door) {
        site.successorOf(this).call(call, done);
        return;
      }
      door = next;
    }
    ChannelConsumer consumer = door.consumer();
    if (consumer == null) {
      door.leave();
      throw new ChannelStoppedException("channel " + site.id() + " is stopped");
    }
    consumer.send(call, done);
  }

  @Override
  public void close() {
    site.close(this);
  }

  @Override
  public String toString() {
    return entrance.id() + " -> " + service;
  }
}

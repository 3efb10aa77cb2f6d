package org.caravanserai.pubsub.internal.ws;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.UpgradeRefusal;
import org.caravanserai.http.WebSocketTerms;
import org.caravanserai.pubsub.internal.Subscription;
import org.caravanserai.pubsub.internal.SubscriptionObserver;
import org.jspecify.annotations.Nullable;

/** All clients that are connected by WebSocket. */
final class SocketEndpoint implements SubscriptionObserver {

  private final SocketWork work;
  private final WebSocketTerms terms;
  private final Set<PubSubSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isStopping;

  /**
   * Nobody is connected yet.
   *
   * @param maxFrameSize how many bytes a frame of a client may have
   */
  SocketEndpoint(SocketWork work, int maxFrameSize) {
    this.work = work;
    terms = new WebSocketTerms(maxFrameSize);
  }

  /**
   * Connects a client that has been let in.
   *
   * @param definition the security definition whose credentials it has
   * @return why not; {@code null} if it is connected
   */
  @Nullable UpgradeRefusal connect(TrafficExchange exchange, String definition) {
    return exchange.upgrade(
        terms, new PubSubSocket(work, definition, this::begin, sockets::remove));
  }

  /** How many are connected. */
  int count() {
    return sockets.size();
  }

  /** Disconnects the clients of a security definition, which may not do any more what it might. */
  void revoke(String definition) {
    each(definition, socket -> socket.revoke("what you may do has changed"));
  }

  private void each(String definition, Consumer<PubSubSocket> action) {
    for (PubSubSocket each : sockets) {
      if (each.definition().equals(definition)) {
        action.accept(each);
      }
    }
  }

  @Override
  public void opened(Subscription subscription) {
    if (subscription.isPush()) {
      end(subscription, "messages of this topic are pushed to you now");
    }
  }

  @Override
  public void closed(Subscription subscription) {
    end(subscription, "the subscription has ended");
  }

  private void end(Subscription subscription, String why) {
    subscription
        .definition()
        .ifPresent(name -> each(name, socket -> socket.end(subscription.topic(), why)));
  }

  /** Disconnects all; waits for the queues. */
  void stop() {
    isStopping = true;
    List.copyOf(sockets).forEach(PubSubSocket::stop);
  }

  private void begin(PubSubSocket opened) {
    sockets.add(opened);
    if (isStopping) {
      opened.stop();
    }
  }
}

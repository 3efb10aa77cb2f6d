package org.caravanserai.pubsub.internal.remote;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.caravanserai.broker.Broker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The topics of this server that are shared over external brokers. */
@Component(service = RemoteLinks.class)
public final class RemoteLinks {

  private final Broker broker;
  private final ConcurrentMap<String, RemoteLink> links = new ConcurrentHashMap<>();

  /** None is shared yet. */
  @Activate
  public RemoteLinks(@Reference Broker broker) {
    this.broker = broker;
  }

  /**
   * Shares a topic.
   *
   * @param maxDepth how many messages may wait for the other broker
   */
  public RemoteLink open(RemoteTopic remote, long maxDepth) {
    RemoteLink link = new RemoteLink(remote, broker, maxDepth, this::closed);
    links.put(remote.topic(), link);
    return link;
  }

  private void closed(RemoteLink link) {
    links.remove(link.remote().topic(), link);
  }

  /** How a topic is shared; empty if it is not. */
  public Optional<RemoteLink> find(String topic) {
    return Optional.ofNullable(links.get(topic));
  }
}

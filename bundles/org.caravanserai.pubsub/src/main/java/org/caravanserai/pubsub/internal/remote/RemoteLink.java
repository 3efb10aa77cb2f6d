package org.caravanserai.pubsub.internal.remote;

import java.util.Optional;
import java.util.function.Consumer;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.pubsub.RemoteStatus;
import org.caravanserai.pubsub.internal.QueueNames;

/**
 * A topic that is shared with others over an external broker. Whatever is published to it here goes
 * into a queue on the disk, and from there to the other broker; what comes from there goes to the
 * subscriptions here. So publishers are confirmed while the other broker is away, and subscribers
 * see each message once, whoever published it.
 */
public final class RemoteLink implements AutoCloseable {

  private final RemoteTopic remote;
  private final Broker broker;
  private final RemoteSender sender;
  private final RemoteReceiver receiver;
  private final Consumer<RemoteLink> closed;

  /**
   * Begins to send and to receive.
   *
   * @param maxDepth how many messages may wait for the other broker
   * @param closed told when it has ended
   */
  RemoteLink(RemoteTopic remote, Broker broker, long maxDepth, Consumer<RemoteLink> closed) {
    this.remote = remote;
    this.broker = broker;
    this.closed = closed;
    String queue = QueueNames.remote(remote.topic());
    broker.openQueue(
        new QueueDefinition(queue, queue, Optional.empty(), Optional.empty(), true, maxDepth));
    broker.divert(remote.topic(), queue, JmsMessages.REMOTE);
    sender = new RemoteSender(remote, broker, queue);
    receiver = new RemoteReceiver(remote, broker);
    sender.start();
    receiver.start();
  }

  /** The topic as it is configured. */
  public RemoteTopic remote() {
    return remote;
  }

  /** How it goes. */
  public RemoteStatus status() {
    return new RemoteStatus(
        remote.toString(),
        sender.isConnected() && receiver.isConnected(),
        broker.queue(QueueNames.remote(remote.topic())).map(QueueInfo::depth).orElse(0L),
        sender.failure().or(receiver::failure));
  }

  /** The topic is shared no more: what is published stays here. */
  public void end() {
    receiver.unsubscribe();
    broker.undivert(remote.topic());
  }

  /** Ends both ways; what waits for the other broker stays on the disk. */
  @Override
  public void close() {
    sender.close();
    receiver.close();
    closed.accept(this);
  }
}

package org.caravanserai.pubsub.internal.remote;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what anybody publishes on the external broker to the subscriptions here: by a durable
 * subscription of this server, in transactions of some messages, each committed after the disk here
 * has them. What comes again after a break is known by its id.
 */
final class RemoteReceiver extends RemoteWorker {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteReceiver.class);
  private static final String SUBSCRIPTION = "serai";
  private static final int TOGETHER = 100;
  private static final long LOOK_MILLIS = 500;
  private static final long DISK_SECONDS = 60;

  private final Broker broker;
  private volatile boolean forGood;

  RemoteReceiver(RemoteTopic remote, Broker broker) {
    super(remote, "from-remote", Optional.of("serai-" + broker.id() + "-" + remote.topic()));
    this.broker = broker;
  }

  /** The server needs the topic no more: its subscription there ends as well, if it is reached. */
  void unsubscribe() {
    forGood = true;
  }

  @Override
  void work(Session session) throws JMSException {
    try (MessageConsumer consumer =
        session.createDurableConsumer(session.createTopic(remote().name()), SUBSCRIPTION)) {
      while (!isEnding()) {
        jakarta.jms.Message first = consumer.receive(LOOK_MILLIS);
        if (first != null) {
          take(session, consumer, first);
        }
      }
    }
    if (forGood) {
      session.unsubscribe(SUBSCRIPTION);
    }
  }

  private void take(Session session, MessageConsumer consumer, jakarta.jms.Message first)
      throws JMSException {
    List<Message> messages = new ArrayList<>();
    jakarta.jms.Message next = first;
    while (next != null) {
      add(messages, next);
      next = messages.size() < TOGETHER ? consumer.receiveNoWait() : null;
    }
    if (!isStored(messages)) {
      session.rollback();
      throw new JMSException("the broker of this server does not take messages now");
    }
    session.commit();
  }

  private void add(List<Message> messages, jakarta.jms.Message jms) {
    try {
      messages.add(JmsMessages.read(jms, remote().topic()));
    } catch (JMSException | IllegalArgumentException e) {
      LOG.error(
          "Topic {}: a message of {} is dropped: {}", remote().topic(), remote(), e.toString());
    }
  }

  private boolean isStored(List<Message> messages) {
    List<CompletableFuture<@Nullable Void>> all = new ArrayList<>();
    for (Message each : messages) {
      CompletableFuture<@Nullable Void> stored = new CompletableFuture<>();
      all.add(stored);
      broker.publish(remote().topic(), each, new Told(stored));
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(DISK_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Messages of {} are taken later", remote(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Passes on what the disk says. */
  private record Told(CompletableFuture<@Nullable Void> stored) implements Confirmation {

    @Override
    public void confirmed() {
      stored.complete(null);
    }

    @Override
    public void failed(BrokerException failure) {
      stored.completeExceptionally(failure);
    }
  }
}

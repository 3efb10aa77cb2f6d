package org.caravanserai.broker.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.filter.Filter;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.StoredMessage;
import org.jspecify.annotations.Nullable;

/** What people see of queues, and do with messages that nobody is working on. */
final class Browsing {

  private static final int SETTLE_SECONDS = 30;

  private final ActiveMQServer server;
  private final Disk disk;
  private final Deliveries deliveries;

  Browsing(ActiveMQServer server, Disk disk, Deliveries deliveries) {
    this.server = server;
    this.disk = disk;
    this.deliveries = deliveries;
  }

  private @Nullable Queue locate(String name) {
    return server.locateQueue(SimpleString.of(name));
  }

  Optional<QueueInfo> info(String name) {
    return Optional.ofNullable(locate(name)).map(Browsing::info);
  }

  List<QueueInfo> infos() {
    return server
        .getPostOffice()
        .getAllBindings()
        .filter(binding -> binding.getBindable() instanceof Queue)
        .map(binding -> (Queue) binding.getBindable())
        .filter(queue -> !queue.isInternalQueue() && !isArtemis(queue))
        .map(Browsing::info)
        .sorted(Comparator.comparing(QueueInfo::name))
        .toList();
  }

  /** What Artemis keeps for itself, such as the sessions and retained messages of MQTT. */
  private static boolean isArtemis(Queue queue) {
    String name = queue.getName().toString();
    return name.startsWith("$") || name.startsWith("activemq.");
  }

  private static QueueInfo info(Queue queue) {
    Filter filter = queue.getFilter();
    SimpleString wanted = filter == null ? null : filter.getFilterString();
    MessageReference first = queue.peekFirstMessage();
    return new QueueInfo(
        queue.getName().toString(),
        queue.getAddress().toString(),
        Optional.ofNullable(queue.getUser()).map(SimpleString::toString),
        Optional.ofNullable(wanted).map(SimpleString::toString),
        queue.isEnabled(),
        queue.getMessageCount(),
        queue.getDeliveringCount(),
        queue.getConsumerCount(),
        queue.getMessagesAdded(),
        queue.getMessagesAcknowledged(),
        queue.getMessagesExpired(),
        first == null ? 0 : first.getMessage().getTimestamp());
  }

  List<StoredMessage> browse(String name, Predicate<StoredMessage> wanted, long offset, int limit) {
    Queue queue = locate(name);
    if (queue == null) {
      return List.of();
    }
    settle(queue);
    List<StoredMessage> page = new ArrayList<>();
    long skipped = 0;
    try (LinkedListIterator<MessageReference> messages = queue.browserIterator()) {
      while (page.size() < limit && messages.hasNext()) {
        StoredMessage message = stored(messages.next());
        if (wanted.test(message) && skipped++ >= offset) {
          page.add(message);
        }
      }
    }
    return page;
  }

  /** What has just come is in the queue once its thread has put it there. */
  private static void settle(Queue queue) {
    CountDownLatch done = new CountDownLatch(1);
    queue.getExecutor().execute(done::countDown);
    try {
      if (!done.await(SETTLE_SECONDS, TimeUnit.SECONDS)) {
        throw new BrokerException(
            BrokerException.Reason.UNAVAILABLE, queue.getName() + " is busy: try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(BrokerException.Reason.UNAVAILABLE, "interrupted", e);
    }
  }

  private static StoredMessage stored(MessageReference reference) {
    return new StoredMessage(
        reference.getMessageID(),
        MessageCodec.read(reference.getMessage()),
        reference.getDeliveryCount());
  }

  boolean move(String name, long number, String target, UnaryOperator<Message> change) {
    Queue queue = deliveries.queue(name);
    Queue to = deliveries.queue(target);
    Boolean[] moved = {false};
    disk.now(
        () -> {
          settle(queue);
          MessageReference reference = queue.removeReferenceWithID(number);
          if (reference == null) {
            moved[0] = movePaged(queue, number, to, change);
            return;
          }
          try {
            Message changed = change.apply(MessageCodec.read(reference.getMessage()));
            deliveries.replace(reference, to, changed, false);
          } catch (Exception e) {
            queue.addSorted(reference, false);
            throw e;
          }
          moved[0] = true;
        });
    return moved[0];
  }

  /**
   * One that waits on the disk can't be taken out and put elsewhere in one step: it is put there
   * first, so that it is lost in no case.
   */
  private boolean movePaged(Queue queue, long number, Queue target, UnaryOperator<Message> change)
      throws Exception {
    List<StoredMessage> found =
        browse(queue.getName().toString(), message -> message.number() == number, 0, 1);
    if (found.isEmpty()) {
      return false;
    }
    CompletableFuture<@Nullable Void> safe = new CompletableFuture<>();
    deliveries.put(
        target,
        change.apply(found.get(0).message()),
        new Confirmation() {
          @Override
          public void confirmed() {
            safe.complete(null);
          }

          @Override
          public void failed(BrokerException failure) {
            safe.completeExceptionally(failure);
          }
        });
    safe.get();
    return queue.deleteReference(number);
  }

  boolean delete(String name, long number) {
    Queue queue = locate(name);
    boolean[] deleted = {false};
    if (queue != null) {
      settle(queue);
      disk.now(() -> deleted[0] = queue.deleteReference(number));
    }
    return deleted[0];
  }

  long clear(String name) {
    Queue queue = deliveries.queue(name);
    settle(queue);
    long[] cleared = {0};
    disk.now(() -> cleared[0] = queue.deleteAllReferences());
    return cleared[0];
  }
}

package org.caravanserai.pubsub.internal.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.DeskException.Reason;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessagePage;
import org.caravanserai.pubsub.MessageSearch;
import org.caravanserai.pubsub.QueueStatus;
import org.caravanserai.pubsub.Replay;
import org.caravanserai.pubsub.TopicStatus;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.Publications;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.push.PushSettings;
import org.caravanserai.pubsub.internal.push.Pushes;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desk of this server's broker. */
@Component(service = Desk.class, configurationPid = PushSettings.PID)
public final class LiveDesk implements Desk {

  private static final Logger LOG = LoggerFactory.getLogger(LiveDesk.class);
  private static final int MOST = 1000;

  private final Broker broker;
  private final Publisher publisher;
  private final QueueViews views;
  private final Replays replays;
  private final Rates rates = new Rates(System::nanoTime);
  private final Future<?> looking;

  /** Opens. */
  @Activate
  public LiveDesk(
      @Reference Broker broker,
      @Reference Topics topics,
      @Reference RemoteLinks links,
      @Reference Publisher publisher,
      @Reference Pushes pushes,
      PushSettings settings) {
    this.broker = broker;
    this.publisher = publisher;
    views = new QueueViews(broker, topics, links, pushes, rates);
    replays = new Replays(broker);
    int seconds = Math.max(1, settings.rate__interval());
    looking =
        pushes.clock().scheduleWithFixedDelay(() -> look(pushes), 0, seconds, TimeUnit.SECONDS);
  }

  private void look(Pushes pushes) {
    // The clock has other things to do, and must not wait for the broker.
    pushes
        .disk()
        .execute(
            () -> {
              try {
                rates.look(broker.queues());
              } catch (RuntimeException e) {
                LOG.debug("The queues could not be looked at", e);
              }
            });
  }

  /** Closes; replays end where they are. */
  @Deactivate
  public void stop() {
    looking.cancel(false);
    replays.stop();
  }

  @Override
  public List<TopicStatus> topics() {
    return views.topics();
  }

  @Override
  public List<QueueStatus> queues() {
    return views.queues();
  }

  @Override
  public Optional<QueueStatus> queue(String name) {
    return views.queue(name);
  }

  @Override
  public MessagePage messages(String queue, MessageSearch search, long offset, int limit)
      throws DeskException {
    QueueInfo info = known(queue);
    int most = Math.min(Math.max(limit, 1), MOST);
    Predicate<StoredMessage> wanted =
        search.equals(MessageSearch.ALL) ? stored -> true : new Wanted(search);
    List<StoredMessage> found = broker.browse(queue, wanted, Math.max(0, offset), most + 1);
    return new MessagePage(
        found.stream().limit(most).map(Infos::row).toList(), found.size() > most, info.depth());
  }

  @Override
  public MessageInfo message(String queue, long number) throws DeskException {
    return message(queue, number, Integer.MAX_VALUE);
  }

  @Override
  public MessageInfo message(String queue, long number, int most) throws DeskException {
    known(queue);
    return broker.browse(queue, stored -> stored.number() == number, 0, 1).stream()
        .findFirst()
        .map(stored -> Infos.withData(stored, most))
        .orElseThrow(() -> Faults.noMessage(queue, number));
  }

  @Override
  public void edit(String queue, long number, byte[] change) throws DeskException {
    known(queue);
    Change wanted = Change.read(change);
    if (!move(queue, number, wanted)) {
      throw gone(queue, number);
    }
  }

  private boolean move(String queue, long number, Change change) throws DeskException {
    try {
      return broker.move(queue, number, queue, change);
    } catch (BrokerException e) {
      throw Faults.of(e);
    }
  }

  /** It is not there, or somebody is working on it. */
  private DeskException gone(String queue, long number) {
    boolean isThere = !broker.browse(queue, stored -> stored.number() == number, 0, 1).isEmpty();
    return isThere
        ? new DeskException(Reason.CONFLICT, "Message " + number + " is being delivered now")
        : Faults.noMessage(queue, number);
  }

  @Override
  public int delete(String queue, List<Long> numbers) throws DeskException {
    known(queue);
    int deleted = 0;
    try {
      for (long number : numbers) {
        deleted += broker.delete(queue, number) ? 1 : 0;
      }
    } catch (BrokerException e) {
      throw Faults.of(e);
    }
    return deleted;
  }

  @Override
  public long clear(String queue, String confirmation) throws DeskException {
    QueueInfo info = known(queue);
    if (!confirmation.equals(queue) && !confirmation.equals(Long.toString(info.depth()))) {
      throw new DeskException(
          Reason.INVALID,
          "confirm: expected the queue's name, or how many messages are in it (%d now)"
              .formatted(info.depth()));
    }
    try {
      return broker.clear(queue);
    } catch (BrokerException e) {
      throw Faults.of(e);
    }
  }

  @Override
  public Replay replay(String queue, MessageSearch search, List<Long> numbers, double rate)
      throws DeskException {
    return replays.begin(queue, search, numbers, rate);
  }

  @Override
  public List<Replay> replays() {
    return replays.all();
  }

  @Override
  public Optional<Replay> replay(String id) {
    return replays.find(id, false);
  }

  @Override
  public Optional<Replay> stop(String id) {
    return replays.find(id, true);
  }

  @Override
  public CompletionStage<String> publish(String topic, byte[] request, String cid) {
    CompletableFuture<String> published = new CompletableFuture<>();
    try {
      Topic target = publisher.target(Optional.empty(), topic);
      List<Message> messages =
          Publications.read(request, new Publications.Origin(target.name(), Optional.empty(), cid))
              .messages();
      if (messages.size() > 1) {
        throw new ServiceException(400, "messages: expected one");
      }
      Message message = messages.get(0);
      publisher.publish(
          target,
          message,
          new Confirmation() {
            @Override
            public void confirmed() {
              published.complete(message.id());
            }

            @Override
            public void failed(BrokerException failure) {
              published.completeExceptionally(BrokerFaults.of(failure));
            }
          });
    } catch (ServiceException e) {
      published.completeExceptionally(e);
    }
    return published;
  }

  private QueueInfo known(String queue) throws DeskException {
    return broker.queue(queue).orElseThrow(() -> Faults.noQueue(queue));
  }
}

package org.caravanserai.pubsub.internal.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.Receiver;
import org.caravanserai.pubsub.internal.Json;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.runtime.CallReport;
import org.caravanserai.spi.ByteSize;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable fan-outs that have not ended. What has come of their calls is in one queue, whose
 * messages are held until the last one of a set is there; then all of them become the messages to
 * the final callbacks, in one step. After a start the broker gives all of them again.
 */
@Component(service = FanOuts.class, immediate = true, configurationPid = PubSubSettings.PID)
public final class FanOuts implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(FanOuts.class);
  private static final long LATER_MILLIS = 1000;
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Broker broker;
  private final Pushes pushes;
  private final long maxResults;
  private final long maxBytes;
  private final Map<String, Delivery[]> sets = new HashMap<>();
  private final AtomicLong results = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private @Nullable Consumption consumption;

  /** Goes on with those that there are. */
  @Activate
  public FanOuts(PubSubSettings settings, @Reference Broker broker, @Reference Pushes pushes) {
    this.broker = broker;
    this.pushes = pushes;
    this.maxResults = settings.fan__out__max__results();
    this.maxBytes = ByteSize.parse(settings.fan__out__max__size());
    if (broker.queue(QueueNames.FAN_OUT).isPresent()) {
      consume();
    }
  }

  /** Gives all back to the broker. */
  @Deactivate
  public synchronized void stop() {
    Consumption mine = consumption;
    if (mine != null) {
      mine.close();
    }
  }

  /**
   * Makes ready for one more.
   *
   * @throws ServiceException with status 429 if there are too many results already
   * @throws BrokerException if the disk refuses
   */
  public void open() {
    if (results.get() >= maxResults || bytes.get() >= maxBytes) {
      throw new ServiceException(
          429,
          "too many durable fan-outs have not ended: "
              + results.get()
              + " results of "
              + bytes.get()
              + " bytes are waiting for others",
          null,
          RETRY_AFTER_SECONDS);
    }
    synchronized (this) {
      if (consumption == null) {
        broker.openQueue(
            new QueueDefinition(
                QueueNames.FAN_OUT,
                QueueNames.FAN_OUT,
                Optional.empty(),
                Optional.empty(),
                true,
                Long.MAX_VALUE));
        consume();
      }
    }
  }

  private synchronized void consume() {
    consumption = broker.consume(QueueNames.FAN_OUT, this);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void receive(Delivery delivery) {
    StoredCall call = StoredCall.of(delivery.message());
    if (call == null || call.index() < 0 || call.index() >= call.total()) {
      LOG.error("{}: message {} is no result", QueueNames.FAN_OUT, delivery.message().id());
      boolean unused = delivery.acknowledge(Confirmation.NONE);
      return;
    }
    Delivery[] all;
    synchronized (sets) {
      all = sets.computeIfAbsent(call.id(), id -> new Delivery[call.total()]);
      if (all[call.index()] != null) {
        boolean unused = delivery.acknowledge(Confirmation.NONE);
        return;
      }
      all[call.index()] = delivery;
      results.incrementAndGet();
      bytes.addAndGet(delivery.message().data().length);
      if (Arrays.stream(all).anyMatch(Objects::isNull)) {
        return;
      }
    }
    finish(call, List.of(all));
  }

  private void finish(StoredCall call, List<Delivery> all) {
    List<CallReport> reports = all.stream().map(FanOuts::report).toList();
    broker.replace(
        all,
        call.finals(reports),
        new Confirmation() {
          @Override
          public void confirmed() {
            forget(call, all);
          }

          @Override
          public void failed(BrokerException failure) {
            LOG.warn("{}: fan-out {}: {}", call.cid(), call.id(), failure.getMessage());
            again(() -> finish(call, all));
          }
        });
  }

  private static CallReport report(Delivery delivery) {
    JsonNode written = Json.object(delivery.message().data());
    return CallReport.of(written);
  }

  private void forget(StoredCall call, List<Delivery> all) {
    synchronized (sets) {
      sets.remove(call.id());
    }
    results.addAndGet(-all.size());
    all.forEach(each -> bytes.addAndGet(-each.message().data().length));
  }

  private void again(Runnable work) {
    try {
      var unused = pushes.clock().schedule(work, LATER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("The server is stopping", stopping);
    }
  }

  @Override
  public void gone() {
    synchronized (sets) {
      sets.clear();
    }
    results.set(0);
    bytes.set(0);
    synchronized (this) {
      consumption = null;
    }
  }
}

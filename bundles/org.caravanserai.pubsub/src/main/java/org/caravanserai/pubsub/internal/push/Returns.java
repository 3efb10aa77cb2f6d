package org.caravanserai.pubsub.internal.push;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what callers and sockets have fetched and not acknowledged: into its queue, or, when
 * that has happened too often, to the dead letters of the queue.
 */
@Component(service = Returns.class, configurationPid = PubSubSettings.PID)
public final class Returns {

  private static final Logger LOG = LoggerFactory.getLogger(Returns.class);
  private static final int NOBODY_COULD = 422;
  private static final long IDLE_SECONDS = 10;

  private final int maxDeliveries;
  private final ThreadPoolExecutor disk;
  private final DeadLetters deadLetters;

  /** Takes back what comes from a broker. */
  @Activate
  public Returns(PubSubSettings settings, @Reference Broker broker) {
    maxDeliveries = settings.max__deliveries();
    disk =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "pubsub-returns");
              thread.setDaemon(true);
              return thread;
            });
    disk.allowCoreThreadTimeOut(true);
    deadLetters = new DeadLetters(broker, disk);
  }

  /** Takes nothing to the dead letters any more. */
  @Deactivate
  public void close() {
    disk.shutdown();
  }

  /** Takes one back. Blocks on nothing. */
  public void take(Delivery delivery) {
    if (maxDeliveries <= 0 || delivery.count() < maxDeliveries) {
      delivery.release(true);
      return;
    }
    deadLetters.bury(
        delivery,
        cause(delivery),
        new Confirmation() {
          @Override
          public void confirmed() {
            LOG.warn(
                "{}: message {} becomes a dead letter: it was fetched {} times",
                delivery.queue(),
                delivery.message().id(),
                delivery.count());
          }

          @Override
          public void failed(BrokerException failure) {
            delivery.release(true);
          }
        });
  }

  private static DeadLetters.Cause cause(Delivery delivery) {
    return new DeadLetters.Cause(
        "fetched " + delivery.count() + " times and never acknowledged",
        NOBODY_COULD,
        delivery.message().cid(),
        delivery.count(),
        delivery.message().receivedAt(),
        System.currentTimeMillis());
  }
}

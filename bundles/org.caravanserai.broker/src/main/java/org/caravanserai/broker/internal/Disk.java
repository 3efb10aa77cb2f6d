package org.caravanserai.broker.internal;

import java.util.concurrent.Executor;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.core.io.IOCallback;
import org.apache.activemq.artemis.core.persistence.OperationContext;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.BrokerException.Reason;
import org.caravanserai.broker.Confirmation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what has to reach the disk, without waiting for it: what comes at one time is forced at
 * once.
 */
final class Disk {

  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

  private static final long WAIT_MILLIS = 60_000;

  private final ActiveMQServer server;
  private final Executor completions;

  /** Something that writes. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  Disk(ActiveMQServer server) {
    this.server = server;
    // One for all keeps messages in the order in which they were published.
    completions = server.getExecutorFactory().getExecutor();
  }

  /** Does something, and tells when all that it wrote is on the disk. */
  void write(Work work, Confirmation confirmation) {
    StorageManager storage = server.getStorageManager();
    OperationContext before = storage.getContext();
    OperationContext context = storage.newContext(completions);
    // While this counts as a write nothing is completed here at once: it would overtake what was
    // published before and waits for its turn.
    context.storeLineUp();
    try {
      storage.setContext(context);
      work.run();
      storage.afterCompleteOperations(new Told(confirmation));
    } catch (Exception e) {
      confirmation.failed(failure(e));
    } finally {
      storage.setContext(before);
      context.done();
    }
  }

  /** Does something, and waits until all that it wrote is on the disk. */
  void now(Work work) {
    StorageManager storage = server.getStorageManager();
    OperationContext before = storage.getContext();
    try {
      OperationContext context = storage.newContext(completions);
      storage.setContext(context);
      work.run();
      if (!context.waitCompletion(WAIT_MILLIS)) {
        throw new BrokerException(Reason.UNAVAILABLE, "the broker's disk does not answer");
      }
    } catch (Exception e) {
      throw failure(e);
    } finally {
      storage.setContext(before);
    }
  }

  /** What went wrong, in words for callers. */
  static BrokerException failure(Exception e) {
    if (e instanceof BrokerException told) {
      return told;
    }
    if (e instanceof ActiveMQAddressFullException) {
      return new BrokerException(Reason.FULL, "the topic is full", e);
    }
    if (e instanceof ActiveMQNonExistentQueueException) {
      return new BrokerException(Reason.UNKNOWN, "there is no such queue", e);
    }
    LOG.warn("The broker could not do what it was asked: {}", e.toString());
    LOG.debug("Where", e);
    return new BrokerException(Reason.UNAVAILABLE, "the broker's disk failed", e);
  }

  /** Passes on what the disk says. */
  private record Told(Confirmation confirmation) implements IOCallback {

    @Override
    public void done() {
      confirmation.confirmed();
    }

    @Override
    public void onError(int code, String message) {
      LOG.error("The broker's disk failed: {} {}", code, message);
      confirmation.failed(new BrokerException(Reason.UNAVAILABLE, "the broker's disk failed"));
    }
  }
}

package org.caravanserai.pubsub.internal.remote;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a session with an external broker, and makes another one when it breaks. */
abstract class RemoteWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteWorker.class);
  private static final long FIRST_PAUSE = 500;
  private static final long LONGEST_PAUSE = 30_000;
  private static final long JOIN_MILLIS = 10_000;

  private final RemoteTopic remote;
  private final Optional<String> clientId;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean connected;
  private volatile String lastFailure = "";

  /**
   * Does nothing before {@link #start}.
   *
   * @param what what it does, for the name of its thread
   */
  RemoteWorker(RemoteTopic remote, String what, Optional<String> clientId) {
    this.remote = remote;
    this.clientId = clientId;
    thread = new Thread(this::run, "pubsub-" + what + "-" + remote.topic());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  RemoteTopic remote() {
    return remote;
  }

  /** Whether there is a session now. */
  boolean isConnected() {
    return connected;
  }

  /** Why there is none, if it was tried. */
  Optional<String> failure() {
    return Optional.of(lastFailure).filter(reason -> !reason.isEmpty());
  }

  boolean isEnding() {
    return ending.getCount() == 0;
  }

  /**
   * Works until it is to end.
   *
   * @throws JMSException if the session has broken
   */
  abstract void work(Session session) throws JMSException, InterruptedException;

  private void run() {
    Thread.currentThread().setContextClassLoader(JmsConnectionFactory.class.getClassLoader());
    long pause = FIRST_PAUSE;
    while (!isEnding()) {
      try (Connection connection = connect();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
        connection.start();
        connected = true;
        LOG.info("Topic {}: connected with {}", remote.topic(), remote);
        lastFailure = "";
        pause = FIRST_PAUSE;
        work(session);
      } catch (JMSException e) {
        tell(e);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("Topic {}: {} failed", remote.topic(), remote, e);
      }
      connected = false;
      if (isOver(pause)) {
        return;
      }
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }

  private Connection connect() throws JMSException {
    JmsConnectionFactory factory = new JmsConnectionFactory(remote.address());
    // To ask the broker for what is not here yet can wait for ever if that arrives meanwhile.
    factory.setReceiveLocalOnly(true);
    factory.setReceiveNoWaitLocalOnly(true);
    factory.setConnectTimeout(TimeUnit.SECONDS.toMillis(10));
    factory.setRequestTimeout(TimeUnit.SECONDS.toMillis(30));
    factory.setSendTimeout(TimeUnit.SECONDS.toMillis(30));
    Connection connection =
        factory.createConnection(remote.username().orElse(null), remote.password().orElse(null));
    if (clientId.isPresent()) {
      try {
        connection.setClientID(clientId.get());
      } catch (JMSException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /** Each trouble is told once. */
  private void tell(JMSException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!isEnding() && !reason.equals(lastFailure)) {
      LOG.warn(
          "Topic {}: {} is not reached, it is tried again: {}", remote.topic(), remote, reason);
      lastFailure = reason;
    }
  }

  private boolean isOver(long millis) {
    try {
      return ending.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Ends it; what is under way ends first, within seconds. */
  @Override
  public void close() {
    ending.countDown();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}

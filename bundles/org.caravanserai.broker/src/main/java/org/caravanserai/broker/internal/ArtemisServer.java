package org.caravanserai.broker.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.caravanserai.broker.BrokerAccess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Artemis from its start to its end. */
final class ArtemisServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArtemisServer.class);

  /** Is there while the broker runs: found at a start, it tells of a crash. */
  private static final String RUNNING = "running";

  private final ActiveMQServer server;
  private final ClientRules rules;
  private final MqttSessions sessions;
  private final Path running;
  private final boolean afterCrash;

  private ArtemisServer(
      ActiveMQServer server,
      ClientRules rules,
      MqttSessions sessions,
      Path running,
      boolean afterCrash) {
    this.server = server;
    this.rules = rules;
    this.sessions = sessions;
    this.running = running;
    this.afterCrash = afterCrash;
  }

  static ArtemisServer start(
      BrokerOptions options, @Nullable SSLContext tls, Supplier<@Nullable BrokerAccess> access)
      throws Exception {
    Files.createDirectories(options.folder());
    Path running = options.folder().resolve(RUNNING);
    boolean afterCrash = Files.exists(running);
    if (!afterCrash) {
      Files.createFile(running);
    }
    Guard guard = new Guard(access);
    ClientRules rules = new ClientRules(access, options.maxMessageSize());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Artemis looks for its protocols by the loader of the thread.
    thread.setContextClassLoader(ArtemisServer.class.getClassLoader());
    try {
      ActiveMQServer server =
          new ActiveMQServerImpl(ArtemisConfiguration.of(options, tls), null, guard);
      server.registerBrokerPlugin(rules);
      guard.guards(server);
      server.start();
      if (!server.waitForActivation(1, java.util.concurrent.TimeUnit.MINUTES)) {
        throw new IOException("the broker did not start: the log says why");
      }
      return new ArtemisServer(
          server, rules, new MqttSessions(server, access), running, afterCrash);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  ActiveMQServer server() {
    return server;
  }

  boolean isAfterCrash() {
    return afterCrash;
  }

  /** Whether it has not ended by itself, as it does when its disk fails. */
  boolean isRunning() {
    return server.isStarted() && server.isActive();
  }

  /** Lets clients in. */
  void open(Limits limits, Poison poison) {
    rules.apply(server, limits, poison);
    server.getRemotingService().addIncomingInterceptor(sessions);
  }

  /** The port on which clients may connect. */
  int port() {
    return ((NettyAcceptor) server.getRemotingService().getAcceptor("clients")).getActualPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
      Files.deleteIfExists(running);
    } catch (Exception e) {
      LOG.error("The broker did not end in order", e);
    }
  }
}

package org.caravanserai.cache.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.caravanserai.api.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The connections of a cache to its Redis, made when they are wanted. To wait for one, to make it
 * and to get an answer takes no longer than the time-out, all together.
 */
final class RedisPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisPool.class);

  /** What is idle for longer, somebody on the way may have forgotten. */
  private static final long LONGEST_IDLE = TimeUnit.SECONDS.toNanos(30);

  private static final int RETRY_AFTER_SECONDS = 1;

  private final String words;
  private final RedisServer server;
  private final JedisClientConfig configuration;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean isClosed;

  /** Why it was not reached when it was last asked; empty if it was. */
  private volatile String problem = "";

  /** What it last refused, so that the log says it once. */
  private volatile String refusal = "";

  /**
   * A connection.
   *
   * @param channel what it goes over
   * @param since when nobody used it any more
   */
  private record Link(Connection connection, SocketChannel channel, long since) {

    /** Whether Redis has not closed it: one that restarted does not know it any more. */
    boolean isOpen() {
      try {
        channel.configureBlocking(false);
        try {
          // Redis says nothing unasked; what says something is no good either.
          return channel.read(ByteBuffer.allocate(1)) == 0;
        } finally {
          channel.configureBlocking(true);
        }
      } catch (IOException e) {
        return false;
      }
    }
  }

  RedisPool(String cache, RedisServer server) {
    this.words = "The Redis of the cache " + cache;
    this.server = server;
    this.places = new Semaphore(server.poolSize());
    this.configuration =
        DefaultJedisClientConfig.builder()
            .user(server.username().orElse(null))
            .password(server.password().orElse(null))
            .database(server.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
  }

  /** Why it was not reached when it was last asked. */
  Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /**
   * Asks something.
   *
   * @return the answer: bytes, a number, a list of such, or {@code null}
   * @throws ServiceException if there is none, in words that are fit for callers
   * @throws JedisNoScriptException if the script that is meant is not known
   */
  Object ask(CommandArguments command) {
    long end = System.nanoTime() + server.timeout().toNanos();
    await();
    try {
      Link link = take(end);
      try {
        link.connection().setSoTimeout(millisTo(end));
        Object answer = link.connection().executeCommand(command);
        answered();
        return answer;
      } catch (JedisNoScriptException e) {
        throw e;
      } catch (JedisException e) {
        throw failure(e);
      } finally {
        giveBack(link);
      }
    } finally {
      places.release();
    }
  }

  private void await() {
    try {
      if (places.tryAcquire(server.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ServiceException(
        503, words + " is busy: all connections are in use", null, RETRY_AFTER_SECONDS);
  }

  private Link take(long end) {
    for (Link last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
      if (System.nanoTime() - last.since() < LONGEST_IDLE && last.isOpen()) {
        return last;
      }
      last.connection().disconnect();
    }
    try {
      return open(end);
    } catch (JedisDataException e) {
      // A server without passwords refuses one too.
      throw told(502, words + " refused to log in", e);
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  private Link open(long end) {
    SocketChannel channel = connect(end);
    try {
      Connection connection = new Connection(() -> dressed(channel, end), configuration);
      return new Link(connection, channel, System.nanoTime());
    } catch (JedisException e) {
      try {
        channel.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private SocketChannel connect(long end) {
    IOException failure = new IOException("no address");
    try {
      for (InetAddress each : InetAddress.getAllByName(server.host())) {
        try {
          return connect(new InetSocketAddress(each, server.port()), end);
        } catch (IOException e) {
          failure = e;
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    throw new JedisConnectionException(failure);
  }

  private static SocketChannel connect(InetSocketAddress address, long end) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(address, millisTo(end));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private Socket dressed(SocketChannel channel, long end) {
    Socket socket = channel.socket();
    try {
      socket.setSoTimeout(millisTo(end));
      return server.tls().isEmpty() ? socket : encrypted(socket, server.tls().get());
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  private Socket encrypted(Socket socket, SSLSocketFactory factory) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            factory.createSocket(socket, server.host(), server.port(), /* autoClose= */ true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static int millisTo(long end) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }

  private void giveBack(Link link) {
    if (isClosed || link.connection().isBroken()) {
      link.connection().disconnect();
      return;
    }
    long now = System.nanoTime();
    idle.addFirst(new Link(link.connection(), link.channel(), now));
    for (Link oldest = idle.peekLast();
        oldest != null && now - oldest.since() > LONGEST_IDLE;
        oldest = idle.peekLast()) {
      if (idle.remove(oldest)) {
        oldest.connection().disconnect();
      }
    }
    if (isClosed) {
      closeIdle();
    }
  }

  private void closeIdle() {
    for (Link each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      each.connection().disconnect();
    }
  }

  private void answered() {
    if (!problem.isEmpty()) {
      problem = "";
      LOG.info("{} answers again", words);
    }
  }

  private ServiceException failure(JedisException failure) {
    if (failure instanceof JedisAccessControlException) {
      return told(502, words + " refuses the user", failure);
    }
    if (failure instanceof JedisDataException) {
      return refused(failure);
    }
    // Those that wait most likely go to where this one went.
    closeIdle();
    return cause(failure) instanceof SocketTimeoutException
        ? told(504, words + " did not answer in time", failure)
        : told(502, words + " can't be reached", failure);
  }

  private ServiceException told(int status, String what, JedisException failure) {
    if (!problem.equals(what)) {
      problem = what;
      LOG.warn("{}: {}", what, cause(failure).toString());
    }
    return new ServiceException(status, what, failure);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause(cause);
  }

  private ServiceException refused(JedisException failure) {
    String said = String.valueOf(failure.getMessage());
    String code = said.split(" ", 2)[0];
    if (!refusal.equals(code)) {
      refusal = code;
      LOG.warn("{} refused a command: {}", words, said.lines().findFirst().orElse(""));
    }
    return switch (code) {
      case "OOM" -> new ServiceException(507, words + " is full", failure);
      case "LOADING", "BUSY", "MASTERDOWN" ->
          new ServiceException(503, words + " is busy", failure, RETRY_AFTER_SECONDS);
      default -> new ServiceException(502, words + " refused a command", failure);
    };
  }

  /** Keeps no connection any more; those that are in use close after their answer. */
  @Override
  public void close() {
    isClosed = true;
    closeIdle();
  }
}

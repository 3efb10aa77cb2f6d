package org.caravanserai.http.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request to the logger {@code serai.access}: {@code
 * 2026-11-22T10:15:30.123+01:00 127.0.0.1 - user "GET /path?query HTTP/1.1" 200 57 cid 1234us},
 * with the time of the answer, the bytes of the body as sent and the time from the first byte in to
 * the last byte out.
 *
 * <p>The lines are written some milliseconds later on a thread of their own, all that have come in
 * one message; where they come faster than it writes, by the threads that bring them.
 */
final class AccessLog extends AbstractLifeCycle implements RequestLog {

  /** The request attribute with the name of the caller. */
  static final String USER = "org.caravanserai.user";

  private static final Logger LOG = LoggerFactory.getLogger("serai.access");
  private static final int MAX_WAITING = 4096;
  private static final int MAX_MESSAGE = 64 * 1024;
  private static final int LINE_LENGTH = 192;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long END_MILLIS = 5_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ClientAddresses addresses;
  private final Thread writer = new Thread(this::write, "serai-access-log");

  /**
   * A log that writes once it is started.
   *
   * @param addresses tells whose a request is
   */
  AccessLog(ClientAddresses addresses) {
    this.addresses = addresses;
    writer.setDaemon(true);
  }

  @Override
  protected void doStart() {
    writer.start();
  }

  /** Writes what waits. */
  @Override
  protected void doStop() throws InterruptedException {
    LockSupport.unpark(writer);
    writer.join(END_MILLIS);
  }

  @Override
  public void log(Request request, Response response) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Line line = new Line(request, response, addresses);
    int before = count.getAndIncrement();
    if (before >= MAX_WAITING) {
      count.decrementAndGet();
      LOG.info(line.appendTo(new StringBuilder(LINE_LENGTH)).toString());
      return;
    }
    waiting.add(line);
    if (before == 0) {
      LockSupport.unpark(writer);
    }
  }

  private void write() {
    while (!isStopping() && !isStopped()) {
      if (count.get() == 0) {
        LockSupport.park(this);
      }
      LockSupport.parkNanos(this, GATHER_NANOS);
      writeWaiting();
    }
    writeWaiting();
  }

  private void writeWaiting() {
    StringBuilder message = new StringBuilder(LINE_LENGTH);
    for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
      count.decrementAndGet();
      line.appendTo(message);
      if (waiting.isEmpty() || message.length() > MAX_MESSAGE) {
        LOG.info(message.toString());
        message.setLength(0);
      } else {
        message.append('\n');
      }
    }
  }

  /** What a line tells; a request is used again for the next one as soon as it has ended. */
  private static final class Line {

    private final long millis = System.currentTimeMillis();
    private final String address;
    private final @Nullable Object user;
    private final String method;
    private final String path;
    private final String protocol;
    private final int status;
    private final long bytes;
    private final @Nullable String cid;
    private final long nanos;

    Line(Request request, Response response, ClientAddresses addresses) {
      address = addresses.textOf(request);
      user = request.getAttribute(USER);
      method = request.getMethod();
      path = request.getHttpURI().getPathQuery();
      protocol = request.getConnectionMetaData().getProtocol();
      status = response.getStatus();
      bytes = Response.getContentBytesWritten(response);
      cid = response.getHeaders().get(Cid.HEADER);
      nanos = NanoTime.since(request.getBeginNanoTime());
    }

    StringBuilder appendTo(StringBuilder message) {
      TIME.formatTo(Instant.ofEpochMilli(millis), message);
      message.append(' ').append(address).append(" - ");
      message.append(Objects.requireNonNullElse(user, "-"));
      message.append(" \"").append(method).append(' ').append(path).append(' ').append(protocol);
      message.append("\" ").append(status).append(' ').append(bytes).append(' ');
      message.append(Objects.requireNonNullElse(cid, "-")).append(' ');
      return message.append(TimeUnit.NANOSECONDS.toMicros(nanos)).append("us");
    }
  }
}

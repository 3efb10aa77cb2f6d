package org.caravanserai.http.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.http.WebSocket;
import org.caravanserai.http.WebSocketListener;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket on Jetty's core. */
final class JettyWebSocket implements FrameHandler, WebSocket {

  private static final Logger LOG = LoggerFactory.getLogger(JettyWebSocket.class);

  private final WebSockets all;
  private final WebSocketListener listener;
  private final String cid;
  private final String remoteAddress;
  private final String protocol;
  private final MessageAssembly message;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean closeSent = new AtomicBoolean();
  private volatile @Nullable CloseStatus closing;
  private volatile boolean overflowing;
  private volatile @Nullable CoreSession session;
  private volatile long lastIn;
  private long bytesIn;

  /** Whether the listener has been told that it is open; under this lock. */
  private boolean isOpened;

  /** How it was closed before that; {@code null} if it was not; under this lock. */
  private @Nullable CloseStatus closedBefore;

  /** A socket that is not open yet. */
  JettyWebSocket(
      WebSockets all,
      WebSocketListener listener,
      int maxMessageSize,
      String protocol,
      String cid,
      String remoteAddress) {
    this.all = all;
    this.listener = listener;
    this.protocol = protocol;
    this.cid = cid;
    this.remoteAddress = remoteAddress;
    this.message = new MessageAssembly(maxMessageSize);
  }

  @Override
  public String cid() {
    return cid;
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public long pending() {
    return pending.get();
  }

  @Override
  public boolean isOpen() {
    CoreSession open = session;
    return open != null && closing == null && open.isOutputOpen();
  }

  /** Whether the client has to do something: to send what is wanted, or to read what was sent. */
  boolean waitsForClient() {
    return wanted.get() || sending.get() > 0 || closing != null;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    lastIn = NanoTime.now();
    session = opened;
    opened.addIdleTimeoutListener(timeout -> waitsForClient());
    callback.succeeded();
    all.add(this);
    tell(() -> listener.opened(this));
    CloseStatus before;
    synchronized (this) {
      isOpened = true;
      before = closedBefore;
    }
    if (before != null) {
      closed(before);
    }
  }

  @Override
  public void demand() {
    CoreSession open = session;
    if (open != null && wanted.compareAndSet(false, true)) {
      lastIn = NanoTime.now();
      open.demand();
    }
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.PING -> pong(frame, callback);
      case OpCode.PONG -> {
        callback.succeeded();
        more();
      }
      case OpCode.CLOSE -> callback.succeeded();
      default -> {
        message.add(frame);
        callback.succeeded();
        take(frame.isFin());
      }
    }
  }

  private void pong(Frame ping, Callback callback) {
    Frame pong = new Frame(OpCode.PONG, true, ping.getPayload());
    // The next frame is read after the pong has left: who sends pings only must read pongs.
    send(pong, Callback.from(this::more, callback));
  }

  private void more() {
    CoreSession open = session;
    if (open != null) {
      open.demand();
    }
  }

  private void take(boolean isLast) {
    if (closing != null) {
      if (isLast) {
        overflowing = false;
        closeWhenSent();
      }
      more();
    } else if (message.isTooLarge()) {
      // Closed at its end: a connection that is closed while data comes is reset, and the client
      // would not read why.
      overflowing = !isLast;
      close(CloseStatus.MESSAGE_TOO_LARGE, "the message is too large");
      more();
    } else if (isLast) {
      wanted.set(false);
      deliver(message.take());
    } else {
      more();
    }
  }

  private void deliver(byte[] bytes) {
    if (!message.isText()) {
      tell(() -> listener.binary(this, bytes));
      return;
    }
    String text;
    try {
      text = MessageAssembly.decode(bytes);
    } catch (CharacterCodingException e) {
      close(CloseStatus.BAD_PAYLOAD, "the text is not UTF-8");
      return;
    }
    tell(() -> listener.text(this, text));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("{}: a WebSocket of {} failed", cid, remoteAddress, e);
      close(CloseStatus.SERVER_ERROR, "Internal error");
    }
  }

  @Override
  public void send(String text, Sent ended) {
    send(OpCode.TEXT, text.getBytes(StandardCharsets.UTF_8), ended);
  }

  @Override
  public void sendText(byte[] utf8, Sent ended) {
    send(OpCode.TEXT, utf8, ended);
  }

  @Override
  public void send(byte[] data, Sent ended) {
    send(OpCode.BINARY, data, ended);
  }

  private void send(byte opCode, byte[] payload, Sent ended) {
    // Counted before the look at closing: the close is sent by whoever brings the count to 0.
    sending.incrementAndGet();
    CoreSession open = session;
    if (open == null || closing != null) {
      ended(0, ended, false);
      return;
    }
    pending.addAndGet(payload.length);
    Frame frame = new Frame(opCode, true, ByteBuffer.wrap(payload));
    open.sendFrame(
        frame,
        Callback.from(
            () -> ended(payload.length, ended, true),
            failure -> ended(payload.length, ended, false)),
        false);
  }

  private void ended(int length, Sent ended, boolean handedOver) {
    pending.addAndGet(-length);
    try {
      ended.ended(handedOver);
    } catch (RuntimeException e) {
      LOG.error("{}: a WebSocket of {} failed", cid, remoteAddress, e);
      close(CloseStatus.SERVER_ERROR, "Internal error");
    }
    if (sending.decrementAndGet() == 0) {
      closeWhenSent();
    }
  }

  private void send(Frame control, Callback callback) {
    CoreSession open = session;
    if (open != null) {
      open.sendFrame(control, callback, false);
    }
  }

  @Override
  public void close(int code, String reason) {
    synchronized (this) {
      if (closing != null) {
        return;
      }
      closing = new CloseStatus(code, reason);
    }
    all.after(this::sendClose);
    closeWhenSent();
    // What comes before the client's own close is read, and thrown away.
    demand();
  }

  private void closeWhenSent() {
    if (closing != null && !overflowing && sending.get() == 0) {
      sendClose();
    }
  }

  private void sendClose() {
    CloseStatus status = closing;
    if (status != null && session != null && !closeSent.getAndSet(true)) {
      all.after(this::abort);
      send(status.toFrame(), Callback.NOOP);
    }
  }

  /** Cuts the connection. */
  void abort() {
    CoreSession open = session;
    if (open != null) {
      open.abort();
    }
  }

  /** The server stops. */
  void goAway() {
    tell(() -> listener.goingAway(this));
  }

  /**
   * Looks whether the client is still there; called every now and then, by one thread at a time.
   *
   * @param longest how long it may be silent; from half of that time on it is asked by a ping
   */
  void look(long longest, TimeUnit unit) {
    if (!(session instanceof WebSocketCoreSession open) || closing != null) {
      return;
    }
    long in = open.getConnection().getBytesIn();
    if (in != bytesIn || !wanted.get()) {
      bytesIn = in;
      lastIn = NanoTime.now();
      return;
    }
    long silent = NanoTime.since(lastIn);
    if (silent > unit.toNanos(longest)) {
      LOG.debug("{}: a WebSocket of {} is silent", cid, remoteAddress);
      abort();
    } else if (silent > unit.toNanos(longest) / 2 && sending.get() == 0) {
      send(new Frame(OpCode.PING), Callback.NOOP);
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    LOG.debug("{}: a WebSocket of {} ends", cid, remoteAddress, cause);
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    if (session == null) {
      return;
    }
    synchronized (this) {
      if (!isOpened) {
        // another thread tells that it is open just now: nobody hears of an end before the
        // beginning
        closedBefore = status;
        return;
      }
    }
    closed(status);
  }

  private void closed(CloseStatus status) {
    String reason = status.getReason();
    tell(() -> listener.closed(this, status.getCode(), reason == null ? "" : reason));
    all.remove(this);
  }
}

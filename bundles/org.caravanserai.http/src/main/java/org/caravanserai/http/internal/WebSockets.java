package org.caravanserai.http.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/** All WebSockets of the listener, and what is common to them. */
final class WebSockets {

  private static final int CLOSE_SECONDS = 5;
  private static final int LOOKS = 4;

  private final int max;
  private final int idleSeconds;
  private final Set<String> origins;
  private final Set<JettyWebSocket> open = ConcurrentHashMap.newKeySet();
  private final Scheduler scheduler = new ScheduledExecutorScheduler("http-websockets", true);
  private volatile boolean goingAway;

  /** None yet. */
  WebSockets(HttpSettings settings) {
    max = settings.max__websockets();
    idleSeconds = settings.websocket__idle__timeout();
    // A configuration file has one text where the settings have a list.
    origins =
        Arrays.stream(String.join(",", settings.websocket__origins()).split(",", -1))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Seconds for which a client may be silent or not read. */
  int idleSeconds() {
    return idleSeconds;
  }

  /** Whether scripts of any other site are let in. */
  boolean isAllowed(String origin) {
    return origins.contains(origin) || origins.contains("*");
  }

  /** Whether the server stops. */
  boolean isGoingAway() {
    return goingAway;
  }

  /** Whether there can't be one more. */
  boolean isFull() {
    return open.size() >= max;
  }

  /** How many are open. */
  int count() {
    return open.size();
  }

  /** Takes one that has been opened. */
  void add(JettyWebSocket socket) {
    open.add(socket);
    if (goingAway) {
      socket.goAway();
    }
  }

  /** Forgets one. */
  synchronized void remove(JettyWebSocket socket) {
    open.remove(socket);
    if (open.isEmpty()) {
      notifyAll();
    }
  }

  /**
   * Looks after them from now on.
   *
   * @throws Exception if the thread for it can't be started
   */
  void start() throws Exception {
    scheduler.start();
    lookLater();
  }

  private void lookLater() {
    long millis = TimeUnit.SECONDS.toMillis(idleSeconds) / LOOKS;
    scheduler.schedule(this::look, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (JettyWebSocket each : open) {
      each.look(idleSeconds, TimeUnit.SECONDS);
    }
    lookLater();
  }

  /**
   * Looks no more.
   *
   * @throws Exception if the thread for it can't be stopped
   */
  void stop() throws Exception {
    scheduler.stop();
  }

  /** Runs what closes a socket that has had its time. */
  void after(Runnable end) {
    scheduler.schedule(end, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Takes no more, has all closed and waits until they are.
   *
   * @param seconds how long; what is open then is cut off
   * @return how many were cut off
   */
  int goAway(int seconds) throws InterruptedException {
    goingAway = true;
    open.forEach(JettyWebSocket::goAway);
    long start = NanoTime.now();
    long longest = TimeUnit.SECONDS.toNanos(seconds);
    synchronized (this) {
      while (!open.isEmpty() && NanoTime.since(start) < longest) {
        TimeUnit.NANOSECONDS.timedWait(this, longest - NanoTime.since(start));
      }
    }
    List<JettyWebSocket> late = List.copyOf(open);
    late.forEach(JettyWebSocket::abort);
    return late.size();
  }
}

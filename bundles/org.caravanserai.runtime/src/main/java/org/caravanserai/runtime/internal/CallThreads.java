package org.caravanserai.runtime.internal;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The threads of the pool. Each is made by a thread of our own: a thread inherits the access
 * control context, and by it the class loaders, of whoever makes it.
 */
final class CallThreads implements ThreadFactory {

  private final ExecutorService maker = Clocks.make("serai-call-maker");
  private final Set<CallThread> alive = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();

  @Override
  public Thread newThread(Runnable work) {
    return CompletableFuture.supplyAsync(() -> make(work), maker).join();
  }

  void forEach(Consumer<CallThread> action) {
    alive.forEach(action);
  }

  void close() {
    maker.shutdown();
  }

  private CallThread make(Runnable work) {
    String name = "serai-call-" + count.incrementAndGet();
    CallThread thread =
        new CallThread(
            () -> {
              try {
                work.run();
              } catch (CallThread.Ended expected) {
                // The pool has made another already.
                return;
              } finally {
                alive.remove((CallThread) Thread.currentThread());
              }
            },
            name);
    alive.add(thread);
    return thread;
  }
}

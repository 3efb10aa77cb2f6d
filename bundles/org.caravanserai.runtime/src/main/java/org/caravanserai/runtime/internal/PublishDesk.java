package org.caravanserai.runtime.internal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.MessageBroker;
import org.jspecify.annotations.Nullable;

/** Where the messages of services go. */
final class PublishDesk {

  private static final int THREADS = 8;

  /** What is chained to a message that has been published is its publisher's code. */
  private final ThreadPoolExecutor chained = threads();

  private final Plugged<MessageBroker> broker;

  PublishDesk(Plugged<MessageBroker> broker) {
    this.broker = broker;
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "serai-published");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Ends its threads once all has been told. */
  void close() {
    chained.shutdown();
  }

  /**
   * Publishes a message and waits until it is on the disk.
   *
   * @param usualMillis how long to wait for a caller who sets no limit
   */
  String publish(
      Caller caller, long usualMillis, String target, Object data, PublishOptions options) {
    return wait(
        send(caller, target, data, options),
        caller,
        usualMillis,
        "The message to " + target + " was not confirmed in time");
  }

  /**
   * Waits until something is on the disk.
   *
   * @param late what is said if that takes too long
   */
  static String wait(CompletableFuture<String> told, Caller caller, long usualMillis, String late) {
    long left = caller.nanosLeft();
    try {
      return left == Long.MAX_VALUE
          ? told.get(usualMillis, TimeUnit.MILLISECONDS)
          : told.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw new ServiceException(504, late, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(504, late, e);
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return cause instanceof ServiceException told
        // Anew, with the stack of who asked.
        ? new ServiceException(told.status(), told.details(), told, told.retryAfterSeconds())
        : new ServiceException(500, "Internal error", cause);
  }

  /** Publishes a message without waiting. */
  CompletableFuture<String> publishAsync(
      Caller caller, String target, Object data, PublishOptions options) {
    Runnable left = caller.stay();
    CompletableFuture<String> result = new CompletableFuture<>();
    CompletableFuture<String> told;
    try {
      told = send(caller, target, data, options);
    } catch (RuntimeException e) {
      left.run();
      throw e;
    }
    CompletableFuture<String> unused =
        told.whenComplete(
            (id, failure) ->
                chained.execute(
                    () -> {
                      try {
                        if (failure == null) {
                          result.complete(id);
                        } else {
                          result.completeExceptionally(failure(failure));
                        }
                      } finally {
                        left.run();
                      }
                    }));
    return result;
  }

  private CompletableFuture<String> send(
      Caller caller, String target, Object data, PublishOptions options) {
    CompletableFuture<String> told = new CompletableFuture<>();
    MessageBroker known;
    try {
      known = broker.get();
    } catch (ServiceException absent) {
      told.completeExceptionally(absent);
      return told;
    }
    known.publish(message(caller, target, data, options), telling(told));
    return told;
  }

  /** Tells a future what became of a message. */
  static MessageBroker.Published telling(CompletableFuture<String> told) {
    return (id, failure) -> {
      if (id == null) {
        told.completeExceptionally(
            failure == null ? new ServiceException(500, "Internal error") : failure);
      } else {
        told.complete(id);
      }
    };
  }

  private static MessageBroker.Outgoing message(
      Caller caller, String target, Object data, PublishOptions options) {
    byte[] bytes;
    MessageBroker.Format format;
    if (data instanceof String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
      format = MessageBroker.Format.TEXT;
    } else if (data instanceof byte[] given) {
      bytes = given.clone();
      format = MessageBroker.Format.BYTES;
    } else {
      bytes = caller.toJson(data);
      format = MessageBroker.Format.JSON;
    }
    return new MessageBroker.Outgoing(
        target,
        bytes,
        format,
        caller.cid(),
        options.priority(),
        options.expiration(),
        options.correlId(),
        options.inReplyTo(),
        options.extClientId(),
        options.dedupId(),
        options.properties());
  }
}

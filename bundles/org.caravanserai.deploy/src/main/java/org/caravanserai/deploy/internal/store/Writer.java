package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes. What waits is written and forced together. */
final class Writer {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int GREATEST_GROUP = 256;
  private static final long GREATEST_WEIGHT = 1 << 20;

  private final Tuning tuning;
  private final Journal journal;
  private final Ledger ledger;
  private final Compaction compaction;
  private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "serai-store");
  private boolean working = true;
  private boolean failing;
  private boolean closed;

  /**
   * Something to do.
   *
   * @param change what changes; null for all work that it has by itself
   * @param last whether it is the last one
   * @param done told when it is done
   */
  private record Task(
      @Nullable Change change, boolean last, CompletableFuture<@Nullable Void> done) {}

  Writer(Tuning tuning, Journal journal, Ledger ledger, Compaction compaction) {
    this.tuning = tuning;
    this.journal = journal;
    this.ledger = ledger;
    this.compaction = compaction;
    thread.setDaemon(true);
  }

  /** Begins. */
  void start() {
    thread.start();
  }

  /** Hands over a change; tells when it is on the disk, or why not. */
  CompletableFuture<@Nullable Void> submit(Change change) {
    return put(new Task(change, false, new CompletableFuture<>()));
  }

  /** Does all work that it has by itself. */
  CompletableFuture<@Nullable Void> settle() {
    return put(new Task(null, false, new CompletableFuture<>()));
  }

  /** Ends, after all that was handed over before. */
  CompletableFuture<@Nullable Void> close() {
    return put(new Task(null, true, new CompletableFuture<>()));
  }

  private synchronized CompletableFuture<@Nullable Void> put(Task task) {
    if (closed) {
      if (!task.last()) {
        task.done().completeExceptionally(new IOException("the store is closed"));
      } else {
        task.done().complete(null);
      }
    } else {
      closed = task.last();
      queue.add(task);
    }
    return task.done();
  }

  private void run() {
    boolean more = true;
    while (more) {
      try {
        Task first = queue.poll(pause(), TimeUnit.NANOSECONDS);
        if (first == null) {
          workQuietly();
        } else {
          more = perform(first);
        }
      } catch (InterruptedException e) {
        LOG.debug("Nobody ends this thread but the store", e);
      }
    }
  }

  private long pause() {
    if (failing) {
      return tuning.retry().toNanos();
    }
    if (working) {
      return tuning.quiet().toNanos();
    }
    return ledger.owes() || ledger.unforced() ? tuning.late().toNanos() : Long.MAX_VALUE;
  }

  private boolean perform(Task first) {
    List<Task> group = new ArrayList<>();
    Task next = first;
    long weight = 0;
    for (Change change = first.change(); next != null && change != null; change = changeOf(next)) {
      group.add(next);
      weight += change.weight();
      next = group.size() < GREATEST_GROUP && weight < GREATEST_WEIGHT ? queue.poll() : null;
    }
    if (!group.isEmpty()) {
      write(group);
      working = true;
      if (compaction.urgent()) {
        workQuietly();
      }
    }
    return next == null || finish(next);
  }

  private static @Nullable Change changeOf(@Nullable Task task) {
    return task == null ? null : task.change();
  }

  private boolean finish(Task task) {
    try {
      if (task.last()) {
        try {
          ledger.settle();
        } finally {
          journal.close();
        }
      } else {
        ledger.settle();
        boolean more = true;
        while (more) {
          more = work();
        }
      }
      task.done().complete(null);
    } catch (IOException | RuntimeException | Error e) {
      task.done().completeExceptionally(e);
    }
    return !task.last();
  }

  private void write(List<Task> group) {
    try {
      ledger.write(changes(group));
    } catch (IOException | RuntimeException | Error e) {
      if (group.size() > 1) {
        // What is too large, or can't be written for another reason, must not refuse the others.
        group.forEach(each -> write(List.of(each)));
        return;
      }
      Change change = group.get(0).change();
      if (change != null && change.holds()) {
        ledger.hold(change);
      }
      group.get(0).done().completeExceptionally(e);
      return;
    }
    group.forEach(each -> each.done().complete(null));
  }

  private static List<Change> changes(List<Task> group) {
    List<Change> changes = new ArrayList<>();
    for (Task each : group) {
      Change change = each.change();
      if (change != null) {
        changes.add(change);
      }
    }
    return changes;
  }

  private void workQuietly() {
    try {
      if (working || failing) {
        working = work();
      } else {
        ledger.settle();
      }
      if (failing) {
        LOG.info("The revisions can be written again");
      }
      failing = false;
    } catch (IOException | RuntimeException | Error e) {
      if (!failing) {
        LOG.warn("The revisions can't be written: {}", String.valueOf(e));
      }
      failing = true;
    }
  }

  /** One piece of the work that nobody waits for; whether there was any. */
  private boolean work() throws IOException {
    if (failing) {
      ledger.settle();
    }
    return journal.prepare() || compaction.step();
  }
}

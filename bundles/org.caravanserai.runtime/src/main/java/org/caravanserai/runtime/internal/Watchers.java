package org.caravanserai.runtime.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.runtime.ServiceRegistry.Watch;
import org.caravanserai.runtime.ServiceWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to know which services come and go. */
final class Watchers {

  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Tells one more, until its watch is closed. */
  Watch add(ServiceWatcher watcher) {
    Entry entry = new Entry(watcher);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Tells all of them; a deployment does not fail because one of them does. */
  void tell(List<LiveSlot> changed) {
    for (LiveSlot slot : changed) {
      for (Entry entry : entries) {
        try {
          entry.watcher.changed(slot);
        } catch (RuntimeException | LinkageError e) {
          LOG.error("{} failed to follow service {}", entry.watcher, slot.name(), e);
        }
      }
    }
  }

  /** One of them; the same watcher may come twice. */
  private static final class Entry {

    private final ServiceWatcher watcher;

    Entry(ServiceWatcher watcher) {
      this.watcher = watcher;
    }
  }
}

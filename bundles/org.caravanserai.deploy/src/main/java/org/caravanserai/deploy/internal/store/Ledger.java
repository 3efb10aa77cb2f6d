package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes changes to the journal and, when they are there, to the catalog. For the writer's thread.
 *
 * <p>After a failure it is not always known what the disk has. So each head that may not be there,
 * or may be there and should not, is owed: the next frame has it as it is by then, with a greater
 * sequence number.
 */
final class Ledger {

  private final Journal journal;
  private final Catalog catalog;
  private final int kept;
  private final Set<String> owed = new LinkedHashSet<>();
  private final Set<String> unforced = new LinkedHashSet<>();
  private long sequence;

  Ledger(Journal journal, Catalog catalog, int kept, Recovered recovered) {
    this.journal = journal;
    this.catalog = catalog;
    this.kept = kept;
    this.sequence = recovered.sequence();
    owed.addAll(recovered.owed());
  }

  /** Does all of the changes, or none: then it throws. */
  void write(List<Change> changes) throws IOException {
    Frame frame = new Frame(++sequence);
    Map<String, Head> heads = new LinkedHashMap<>();
    boolean awaited = false;
    for (Change each : changes) {
      Head head = heads.getOrDefault(each.name(), catalog.head(each.name()));
      heads.put(each.name(), each.on(head, kept));
      each.addTo(frame);
      awaited |= each.awaited();
    }
    heads.values().forEach(frame::add);
    write(frame, awaited);
  }

  /** Notes a change that holds although it could not be written. */
  void hold(Change change) {
    catalog.head(change.on(catalog.head(change.name()), kept));
    owed.add(change.name());
  }

  /** Writes a frame of what is there already; it is on the disk when this returns. */
  void copy(Frame frame) throws IOException {
    write(frame, true);
  }

  /** A frame to be filled. */
  Frame frame() {
    return new Frame(++sequence);
  }

  private void write(Frame frame, boolean force) throws IOException {
    Set<String> more = new LinkedHashSet<>(owed);
    frame.directory().heads().forEach(each -> more.remove(each.name()));
    more.forEach(name -> frame.add(catalog.head(name)));
    ByteBuffer bytes = frame.encoded();
    Directory directory = frame.directory();
    int bodies = bytes.limit() - (int) directory.bodiesLength();
    try {
      Journal.Written written = journal.append(bytes, force);
      catalog.written(directory, written.segment(), written.at() + bodies);
    } catch (IOException e) {
      directory.heads().forEach(each -> owed.add(each.name()));
      oweUnforced();
      throw e;
    }
    for (Head each : directory.heads()) {
      owed.remove(each.name());
      unforced.add(each.name());
    }
    if (force) {
      unforced.clear();
    }
  }

  /** Whether something must be written that nobody waits for. */
  boolean owes() {
    return !owed.isEmpty();
  }

  /** Whether something was written that is not on the disk for sure. */
  boolean unforced() {
    return !unforced.isEmpty();
  }

  /** Returns when all that nobody waited for is on the disk too. */
  void settle() throws IOException {
    if (owes()) {
      write(frame(), true);
    }
    try {
      journal.force();
      unforced.clear();
    } catch (IOException e) {
      oweUnforced();
      throw e;
    }
  }

  private void oweUnforced() {
    owed.addAll(unforced);
    unforced.clear();
  }
}

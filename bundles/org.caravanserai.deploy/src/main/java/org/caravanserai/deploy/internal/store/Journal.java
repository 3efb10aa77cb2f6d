package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a store, of which the last one is written. For the writer's thread. */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Disk disk;
  private final Path folder;
  private final Tuning tuning;
  private final List<Segment> sealed;
  private int nextNumber;
  private @Nullable Tail tail;
  private @Nullable Tail ready;

  /** A journal that goes on after those segments, the next of which has that number. */
  Journal(Disk disk, Path folder, Tuning tuning, Collection<Segment> before, int nextNumber) {
    this.disk = disk;
    this.folder = folder;
    this.tuning = tuning;
    this.sealed = new ArrayList<>(before);
    this.nextNumber = nextNumber;
  }

  /**
   * Where a frame was written.
   *
   * @param segment in which segment
   * @param at where in it
   */
  record Written(Segment segment, long at) {}

  /** Writes an encoded frame; if it fails, nothing that was not forced before is left. */
  Written append(ByteBuffer frame, boolean force) throws IOException {
    Tail to = tailFor(frame.remaining());
    try {
      return new Written(to.segment(), to.write(frame, force));
    } finally {
      leave(to);
    }
  }

  /** Returns when everything that was written is on the disk. */
  void force() throws IOException {
    Tail to = tail;
    if (to != null && to.unforced()) {
      try {
        to.force();
      } finally {
        leave(to);
      }
    }
  }

  /** Makes room for what comes next; whether there was anything to do. */
  boolean prepare() throws IOException {
    Tail now = tail;
    if (now == null) {
      tail = takeReady(tuning.ahead());
      return true;
    }
    boolean nearlyFull = now.segment().end() + tuning.ahead() >= tuning.segment();
    if (nearlyFull) {
      if (ready == null) {
        ready = begun(tuning.ahead());
        return true;
      }
    } else if (now.room() < tuning.ahead() / 4) {
      try {
        now.extend(tuning.ahead());
      } finally {
        leave(now);
      }
      return true;
    }
    return false;
  }

  private Tail tailFor(int length) throws IOException {
    Tail now = tail;
    if (now != null && now.segment().end() > Segment.HEADER) {
      if (now.segment().end() + length > tuning.segment()) {
        force();
        seal(now);
      }
    }
    Tail to = tail;
    if (to == null) {
      to = takeReady(0);
      tail = to;
    }
    return to;
  }

  private Tail takeReady(int ahead) throws IOException {
    Tail taken = ready != null ? ready : begun(ahead);
    ready = null;
    return taken;
  }

  private Tail begun(int ahead) throws IOException {
    return Tail.begun(disk, folder, nextNumber++, ahead);
  }

  private void leave(Tail used) {
    if (used.broken()) {
      seal(used);
    }
  }

  private void seal(Tail used) {
    tail = null;
    sealed.add(used.segment());
    try {
      used.close();
    } catch (IOException e) {
      LOG.warn("{} could not be closed: {}", used.segment().path(), String.valueOf(e));
    }
  }

  /** The segments that are not written any more. */
  List<Segment> sealed() {
    return sealed;
  }

  /** Takes away a segment in which nothing is live; one that is damaged is only put aside. */
  void remove(Segment segment) throws IOException {
    if (segment.damaged()) {
      Path aside = segment.path().resolveSibling(segment.path().getFileName() + ".damaged");
      disk.rename(segment.path(), aside);
      LOG.warn("What can't be read of the revisions was put aside as {}", aside);
    } else {
      disk.delete(segment.path());
    }
    sealed.remove(segment);
  }

  /** Ends it; everything is on the disk when this returns. */
  void close() throws IOException {
    try {
      force();
    } finally {
      if (tail != null) {
        seal(tail);
      }
      if (ready != null) {
        disk.delete(ready.segment().path());
        ready.close();
      }
    }
  }
}

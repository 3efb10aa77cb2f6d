package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what nobody needs any more: of the segment that has most of it, what is live is
 * written once more, then the file goes. For the writer's thread.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final double ENOUGH = 0.5;
  private static final int FEW = 4;

  private final Disk disk;
  private final Tuning tuning;
  private final Journal journal;
  private final Ledger ledger;
  private final Catalog catalog;

  Compaction(Disk disk, Tuning tuning, Journal journal, Ledger ledger, Catalog catalog) {
    this.disk = disk;
    this.tuning = tuning;
    this.journal = journal;
    this.ledger = ledger;
    this.catalog = catalog;
  }

  /** One step, of bounded length; whether there was anything to do. */
  boolean step() throws IOException {
    for (Segment each : journal.sealed()) {
      if (each.live().isEmpty()) {
        journal.remove(each);
        return true;
      }
    }
    Optional<Segment> next = next();
    if (next.isPresent()) {
      copySome(next.get());
    }
    return next.isPresent();
  }

  /** Whether so much is dead that it can't wait for a quiet moment. */
  boolean urgent() {
    return journal.sealed().stream().mapToLong(Segment::dead).sum() > 8 * tuning.segment();
  }

  private Optional<Segment> next() {
    // Short ones, as every start and failure leaves one, are put together when they are many.
    long few = journal.sealed().stream().filter(this::isShort).count();
    long least = few > FEW ? tuning.segment() / 2 : 0;
    return journal.sealed().stream()
        .filter(each -> !each.unreadable() && each.deadShare(least) > ENOUGH)
        .max(Comparator.comparingDouble(each -> each.deadShare(least)));
  }

  private boolean isShort(Segment segment) {
    return segment.end() < tuning.segment() / 2;
  }

  private void copySome(Segment from) throws IOException {
    Frame frame = ledger.frame();
    long length = 0;
    for (Place each : List.copyOf(from.live())) {
      if (length > 0 && length + each.weight() > tuning.step()) {
        break;
      }
      length += each.weight();
      copy(each, frame);
    }
    ledger.copy(frame);
  }

  private void copy(Place place, Frame to) throws IOException {
    Kind kind = place.kind();
    if (kind == null) {
      to.add(catalog.head(place.name()));
      return;
    }
    try {
      to.add(kind, place.name(), place.revision(), Bodies.read(disk, place));
    } catch (Bodies.DamagedException e) {
      place.segment().damage();
      catalog.lose(place);
      LOG.error("Lost: {}", e.getMessage());
    } catch (IOException e) {
      place.segment().fail();
      throw e;
    }
  }
}

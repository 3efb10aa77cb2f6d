package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.deploy.internal.store.Directory.Body;
import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a store has.
 *
 * <p>Segments are looked through from the last to the first. Up to the last one that has a frame,
 * frames are checked with their bodies: one of them may not have been on the disk when the server
 * ended. All earlier ones were, so their bodies are checked when they are wanted.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Disk disk;
  private final Path folder;
  private final Map<String, Found> found = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private long sequence;

  Recovery(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** What was found of a deployment. */
  private static final class Found {
    private final Map<Integer, Place> contents = new LinkedHashMap<>();
    private final Map<Integer, Place> compiled = new LinkedHashMap<>();
    private long sequence = -1;
    private Optional<Head> head = Optional.empty();
    private Optional<Segment> headIn = Optional.empty();
    private int highest;
  }

  /** Reads all segments, and tells the catalog what is in them. */
  Recovered into(Catalog catalog) throws IOException {
    List<Path> files = disk.list(folder);
    boolean full = true;
    for (Path each :
        files.stream()
            .filter(file -> Segment.number(file) > 0)
            .sorted(Comparator.<Path>comparingInt(Segment::number).reversed())
            .toList()) {
      full &= !read(each, full);
    }
    Set<String> owed = new HashSet<>();
    for (Map.Entry<String, Found> each : found.entrySet()) {
      if (tell(each.getKey(), each.getValue(), catalog)) {
        owed.add(each.getKey());
      }
    }
    Collections.reverse(segments);
    int last = files.stream().mapToInt(Recovery::anyNumber).max().orElse(0);
    return new Recovered(segments, last + 1, sequence, owed);
  }

  /** The number of a segment, also of one that was put aside. */
  private static int anyNumber(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{8}\\..*") ? Integer.parseInt(name.substring(0, 8)) : 0;
  }

  /** Reads a segment; whether there was a frame in it. */
  private boolean read(Path file, boolean full) throws IOException {
    Segment segment = new Segment(Segment.number(file), file);
    SegmentScan.Found end;
    long size;
    try (DiskFile opened = disk.open(file)) {
      size = opened.size();
      end = SegmentScan.scan(opened, segment.number(), full, visitor(segment));
    } catch (IOException e) {
      throw new IOException(file + " can't be read: " + e.getMessage(), e);
    }
    segment.end(end.end());
    if (end.headerDamaged()) {
      LOG.error("{} is damaged in the {} bytes from 0", file, Segment.HEADER);
      segment.damage();
    }
    boolean empty = end.end() == Segment.HEADER;
    if (end.torn() && (!full || end.headerDamaged())) {
      damaged(segment, end.end(), size);
    }
    if (full && !segment.damaged() && empty) {
      if (end.torn()) {
        LOG.info("{}: its first frame was not written to its end and is cut off", file);
      }
      disk.delete(file);
      return false;
    }
    if (full) {
      cut(segment, size, end.torn());
    }
    segments.add(segment);
    return !empty;
  }

  private SegmentScan.Visitor visitor(Segment segment) {
    return new SegmentScan.Visitor() {
      @Override
      public void frame(Directory directory, long bodies) {
        visit(segment, directory, bodies);
      }

      @Override
      public void damage(long from, long to) {
        damaged(segment, from, to);
      }
    };
  }

  private static void damaged(Segment segment, long from, long to) {
    segment.damage();
    LOG.error("{} is damaged in the {} bytes from {}", segment.path(), to - from, from);
  }

  /** What was found is taken for true, so it must not depend on the power any more. */
  private void cut(Segment segment, long size, boolean torn) throws IOException {
    try (DiskFile file = disk.reopen(segment.path())) {
      if (torn && !segment.damaged()) {
        LOG.info(
            "{}: {} bytes from {} were not written to their end and are cut off",
            segment.path(),
            size - segment.end(),
            segment.end());
        file.truncate(segment.end());
      }
      file.force();
    }
  }

  private void visit(Segment segment, Directory directory, long bodies) {
    sequence = Math.max(sequence, directory.sequence());
    long offset = bodies;
    for (Body each : directory.bodies()) {
      Found of = found(each.name());
      of.highest = Math.max(of.highest, each.revision());
      (each.kind() == Kind.CONTENT ? of.contents : of.compiled)
          .putIfAbsent(each.revision(), Place.of(each, segment, offset));
      offset += each.length();
    }
    for (Head each : directory.heads()) {
      Found of = found(each.name());
      of.highest = Math.max(of.highest, each.highest());
      if (directory.sequence() > of.sequence) {
        of.sequence = directory.sequence();
        of.head = Optional.of(each);
        of.headIn = Optional.of(segment);
      }
    }
  }

  private Found found(String name) {
    Found known = found.get(name);
    if (known == null) {
      known = new Found();
      found.put(name, known);
    }
    return known;
  }

  /** Tells of a deployment; whether its head must be written again. */
  private static boolean tell(String name, Found of, Catalog catalog) {
    if (of.head.isEmpty()) {
      LOG.error("{} is not restored: what was remembered of it is damaged", name);
    }
    Head head = of.head.orElse(Head.none(name));
    catalog.found(head.used(of.highest), of.headIn, of.contents.values(), of.compiled.values());
    int current = head.current().isPresent() ? head.current().get().revision() : 0;
    if (head.keeps(current) && !of.contents.containsKey(current)) {
      LOG.error("{} rev {} is lost: its content is damaged", name, current);
    }
    return of.headIn.isEmpty() || of.highest > head.highest();
  }
}

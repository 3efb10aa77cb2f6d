package org.caravanserai.deploy.internal.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the watched folders on a thread of its own: by the file system's notices, and by a rescan
 * for folders that give none. A file is looked into once it has stood still for a moment.
 */
public final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** How long somebody waits for a file while others are deployed. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final WatchedFolders folders;
  private final Times times;
  private final FileDelivery delivery;
  private final SourceFiles sources;
  private final FolderEvents events;

  /** Paths with a change; empty for "look at everything". */
  private final LinkedBlockingQueue<Optional<Path>> touched = new LinkedBlockingQueue<>();

  /** Files that somebody waits for. */
  private final LinkedBlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();

  private final Map<Path, TrackedFile> tracked = new TreeMap<>();
  private final Map<Path, Waiting> waiting = new LinkedHashMap<>();
  private final Map<Path, Long> missing = new HashMap<>();
  private final Thread thread = new Thread(this::run, "serai-watch");
  private long nextScan = System.nanoTime();

  /** Whether a file of a type came or went, which may be what others wait for. */
  private boolean typed;

  private volatile boolean settled;
  private volatile boolean allAnew;
  private volatile boolean closed;

  /** Whether changes wait. */
  private volatile boolean holding;

  /** Whether they have waited until now. */
  private boolean held;

  /**
   * How long things take.
   *
   * @param settle for which time a file must stand still
   * @param rescan from one look at everything to the next
   * @param gone for which time a file must be missing
   */
  public record Times(Duration settle, Duration rescan, Duration gone) {}

  /** A file that somebody waits for, until it has been looked at. */
  private record Wanted(Path path, CompletableFuture<List<Diagnostic>> found) {}

  /** A file that may still be written; tried early or not. */
  private record Waiting(FileStamp stamp, long due, boolean tried) {}

  /**
   * Prepares the watch.
   *
   * @param dirs the folders, made if they are missing
   * @param maxSize the greatest size of a file that is read, in bytes
   * @param sources gets those which are deployments
   */
  public FolderWatch(List<Path> dirs, Times times, long maxSize, SourceFiles sources) {
    this.folders = new WatchedFolders(dirs);
    this.times = times;
    this.sources = sources;
    this.delivery = new FileDelivery(folders, maxSize, sources, this::holds);
    this.events = new FolderEvents(touched::add);
    thread.setDaemon(true);
  }

  /** Begins with what the deployments that are live know of their files. */
  public void start() {
    thread.start();
  }

  /** Whether everything that lay in the folders has been looked at, for every type of file. */
  public boolean settled() {
    return settled;
  }

  /** Files of that type go to it from now on, those which lie there already too. */
  public void add(WatchedFileType type) {
    settled = false;
    delivery.types().add(type);
    touched.add(Optional.empty());
  }

  /** The type is not there any more; its files wait for it to come again. */
  public void remove(WatchedFileType type) {
    delivery.types().remove(type);
    touched.add(Optional.empty());
  }

  /** Other files than before may be deployments, or what was refused may be taken: looks again. */
  public void lookAgain() {
    settled = false;
    allAnew = true;
    touched.add(Optional.empty());
  }

  /**
   * Lets changes of files wait, or takes them in. What a file of another type than a deployment
   * says is not kept from one run to the next: until all have been looked at they are taken.
   */
  public void hold(boolean now) {
    holding = now;
    touched.add(Optional.empty());
  }

  private boolean holds(TrackedFile file) {
    return holding && (file.deployment() || settled);
  }

  /** What became of the files that are no deployments. */
  public List<WatchedFile> files() {
    return delivery.files();
  }

  /** The folders. */
  public List<Path> roots() {
    return folders.roots();
  }

  /** What a file is a part of: the folder that is one deployment, or else only itself. */
  public Path unitOf(Path file) {
    return folders.unitOf(file);
  }

  /** The deployment that a file, or a folder, is; empty if it is none. */
  public Optional<String> deployment(Path unit) {
    return delivery.deployment(unit);
  }

  /** Whether somebody takes files of that name. */
  public boolean takes(Path unit) {
    return delivery.takes(unit);
  }

  /** How large a file may be at most, in bytes. */
  public long maxSize(Path file) {
    return delivery.maxSize(file);
  }

  /** What became of a file that is no deployment, or of one that could not be taken. */
  public Optional<WatchedFile> outcome(Path file) {
    return delivery.outcome(file);
  }

  /** What would be wrong with a file that is no deployment. */
  public List<Diagnostic> check(Path file, byte[] content) {
    return delivery.types().check(file, content);
  }

  /**
   * Looks at a file now, which has just been written or deleted and does not change meanwhile.
   *
   * @return what is wrong with it; empty for a deployment, which tells by itself
   */
  public List<Diagnostic> take(Path path) {
    Wanted request = new Wanted(path, new CompletableFuture<>());
    wanted.add(request);
    touched.add(Optional.of(path));
    if (closed) {
      return List.of();
    }
    try {
      return request.found().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + path + " is looked at", e);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(path + " could not be looked at", e);
    }
  }

  private void run() {
    sources
        .seen()
        .forEach(
            (file, hash) -> {
              tracked.put(file, delivery.known(file, hash));
            });
    while (!closed) {
      try {
        round();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        LOG.error("The watched folders could not be followed; trying on", e);
      }
    }
  }

  private void round() throws InterruptedException {
    Optional<Path> first = touched.poll(untilNext(), TimeUnit.NANOSECONDS);
    List<Optional<Path>> all = new ArrayList<>();
    if (first != null) {
      all.add(first);
    }
    touched.drainTo(all);
    takeThoseThatAreWanted();
    releaseThoseThatWaited();
    boolean scan = all.contains(Optional.<Path>empty()) || System.nanoTime() - nextScan >= 0;
    if (scan) {
      if (allAnew) {
        allAnew = false;
        tracked.values().forEach(delivery::readAnew);
      }
      scanAll();
      nextScan = System.nanoTime() + times.rescan().toNanos();
    }
    for (Optional<Path> each : all) {
      each.ifPresent(this::look);
    }
    takeThoseThatStandStill();
    giveUpThoseThatAreMissing();
    if (scan || typed) {
      typed = false;
      if (sources.tick() && !holding) {
        againThoseRefused();
      }
    }
    if (waiting.isEmpty() && touched.isEmpty()) {
      settled = true;
    }
  }

  private long untilNext() {
    long now = System.nanoTime();
    long next = nextScan - now;
    for (Waiting each : waiting.values()) {
      next = each.tried() ? Math.min(next, each.due() - now) : 0;
    }
    if (!holding) {
      for (Long since : missing.values()) {
        next = Math.min(next, since + times.gone().toNanos() - now);
      }
    }
    return Math.max(0, next);
  }

  private void scanAll() {
    tracked.keySet().stream()
        .filter(delivery.types()::isOrphan)
        .toList()
        .forEach(
            orphan -> {
              delivery.forget(orphan);
              tracked.remove(orphan);
            });
    Set<Path> absent = new HashSet<>(tracked.keySet());
    for (Path root : folders.roots()) {
      if (Files.isDirectory(root)) {
        WatchedFolders.Scan scan = new WatchedFolders.Scan();
        WatchedFolders.scan(root, scan, events::register);
        Set<Path> units = units(scan);
        units.forEach(this::lookAtFile);
        absent.removeAll(units);
        absent.removeIf(scan::mayHide);
      }
    }
    absent.forEach(this::noteMissing);
  }

  private Set<Path> units(WatchedFolders.Scan scan) {
    Set<Path> units = new LinkedHashSet<>();
    scan.files().forEach(file -> units.add(folders.unitOf(file)));
    return units;
  }

  private void look(Path path) {
    if (isIgnored(path)) {
      return;
    }
    if (Files.isDirectory(path)) {
      WatchedFolders.Scan scan = new WatchedFolders.Scan();
      WatchedFolders.scan(path, scan, events::register);
      units(scan).forEach(this::lookAtFile);
    }
    Path unit = folders.unitOf(path);
    if (FileStamp.of(unit).isPresent()) {
      lookAtFile(unit);
    } else if (!Files.isDirectory(path)) {
      tracked.keySet().stream().filter(each -> each.startsWith(path)).forEach(this::noteMissing);
    }
  }

  private boolean isIgnored(Path path) {
    return FileNames.isIgnored(path.getFileName().toString());
  }

  private void lookAtFile(Path path) {
    if (isIgnored(path) || !delivery.takes(path)) {
      return;
    }
    Optional<FileStamp> stamp = FileStamp.of(path);
    if (stamp.isEmpty()) {
      return;
    }
    TrackedFile file = tracked.computeIfAbsent(path, delivery::track);
    if (missing.remove(path) != null) {
      // It was away: what was done about that must be undone even if its content is the same.
      file.returned();
    }
    Waiting before = waiting.get(path);
    if (file.mayHaveChanged(stamp.get())
        && (before == null || !before.stamp().equals(stamp.get()))) {
      waiting.put(path, new Waiting(stamp.get(), due(stamp.get()), false));
    }
  }

  private long due(FileStamp stamp) {
    long still = stamp.age();
    long left = times.settle().toMillis() - (still < 0 ? 0 : still);
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, left));
  }

  private void noteMissing(Path path) {
    waiting.remove(path);
    delivery.drop(path);
    if (missing.putIfAbsent(path, System.nanoTime()) == null && holding) {
      LOG.info("That {} is gone has no effect yet: the server is read-only", path);
    }
  }

  private void releaseThoseThatWaited() {
    if (holding) {
      held = true;
      return;
    }
    for (Path path : delivery.release()) {
      TrackedFile file = tracked.get(path);
      if (file != null) {
        file.lookAgain();
        again(file);
      }
    }
    if (held) {
      held = false;
      againThoseRefused();
    }
  }

  private void takeThoseThatAreWanted() {
    for (Wanted each = wanted.poll(); each != null; each = wanted.poll()) {
      try {
        takeNow(each.path());
        each.found()
            .complete(
                delivery.outcome(each.path()).map(WatchedFile::diagnostics).orElse(List.of()));
      } catch (RuntimeException e) {
        each.found().completeExceptionally(e);
      }
    }
  }

  private void takeNow(Path path) {
    waiting.remove(path);
    Optional<FileStamp> stamp = FileStamp.of(path);
    if (stamp.isEmpty()) {
      missing.remove(path);
      TrackedFile file = tracked.remove(path);
      if (file != null) {
        gone(file);
      }
    } else if (delivery.takes(path)) {
      TrackedFile file = tracked.computeIfAbsent(path, delivery::track);
      if (missing.remove(path) != null) {
        file.returned();
      }
      typed = typed || !file.deployment();
      if (delivery.deliver(file, stamp.get()) == FileDelivery.Outcome.MOVED) {
        lookAtFile(path);
      }
    }
  }

  private void gone(TrackedFile file) {
    delivery.gone(file);
    typed = typed || !file.deployment();
    tracked.values().stream().filter(TrackedFile::refused).forEach(this::again);
  }

  private void takeThoseThatStandStill() {
    long now = System.nanoTime();
    for (Path path : List.copyOf(waiting.keySet())) {
      Waiting each = waiting.get(path);
      TrackedFile file = tracked.get(path);
      if (each == null || file == null) {
        continue;
      }
      if (each.due() - now <= 0) {
        take(path, each, file);
      } else if (!each.tried()) {
        takeEarly(path, each, file);
      }
    }
  }

  private void takeEarly(Path path, Waiting each, TrackedFile file) {
    waiting.remove(path);
    switch (delivery.deliverEarly(file, each.stamp())) {
      case DONE -> LOG.trace("{} taken early", path);
      case MOVED -> lookAtFile(path);
      case UNFINISHED -> waiting.put(path, new Waiting(each.stamp(), each.due(), true));
    }
  }

  private void take(Path path, Waiting each, TrackedFile file) {
    waiting.remove(path);
    Optional<FileStamp> stamp = FileStamp.of(path);
    if (stamp.isEmpty()) {
      noteMissing(path);
    } else if (!stamp.get().equals(each.stamp())) {
      waiting.put(path, new Waiting(stamp.get(), due(stamp.get()), false));
    } else {
      typed = typed || !file.deployment();
      if (delivery.deliver(file, each.stamp()) == FileDelivery.Outcome.MOVED) {
        lookAtFile(path);
      }
    }
  }

  private void giveUpThoseThatAreMissing() {
    if (holding) {
      return;
    }
    long now = System.nanoTime();
    for (Map.Entry<Path, Long> each : List.copyOf(missing.entrySet())) {
      Path path = each.getKey();
      if (now - each.getValue() < times.gone().toNanos()) {
        continue;
      }
      if (FileStamp.of(path).isPresent() && folders.unitOf(path).equals(path)) {
        lookAtFile(path);
        continue;
      }
      missing.remove(path);
      TrackedFile file = tracked.get(path);
      if (file != null && folders.covers(path)) {
        tracked.remove(path);
        gone(file);
      }
    }
  }

  private void againThoseRefused() {
    tracked.values().stream()
        .filter(delivery::isRefused)
        .toList()
        .forEach(
            each -> {
              each.returned();
              again(each);
            });
  }

  private void again(TrackedFile refused) {
    touched.add(Optional.of(refused.path()));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    events.close();
  }
}

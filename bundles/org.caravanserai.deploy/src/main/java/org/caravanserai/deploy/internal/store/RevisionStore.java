package org.caravanserai.deploy.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions of all deployments, and which of them is current: an append-only store that is,
 * after a crash at any moment, as it was before or after a change, never between.
 *
 * <p>The format is told by {@link Segment} and {@link Frame}, the reasons by the decision
 * "revision-store". A store that could not write goes on when the disk does. For all threads;
 * changes of one deployment are made in the order of the calls.
 */
public final class RevisionStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RevisionStore.class);

  private final Disk disk;
  private final Closeable lock;
  private final Catalog catalog;
  private final Writer writer;

  private RevisionStore(Disk disk, Closeable lock, Catalog catalog, Writer writer) {
    this.disk = disk;
    this.lock = lock;
    this.catalog = catalog;
    this.writer = writer;
  }

  /**
   * Opens a store and finds out what it has. What is damaged is left out and told in the log.
   *
   * @param folder where it lies; made if it is missing
   * @param kept how many revisions of a deployment are kept; the current one always is
   * @throws IOException if somebody else has it open, the disk fails, or a later release wrote it
   */
  public static RevisionStore open(Path folder, int kept) throws IOException {
    return open(new FileDisk(), folder, Tuning.of(kept));
  }

  static RevisionStore open(Disk disk, Path folder, Tuning tuning) throws IOException {
    disk.makeFolder(folder);
    Closeable lock =
        disk.lock(folder.resolve("lock"))
            .orElseThrow(() -> new IOException(folder + " is in use by another server"));
    try {
      Catalog catalog = new Catalog();
      Recovered recovered = new Recovery(disk, folder).into(catalog);
      Journal journal =
          new Journal(disk, folder, tuning, recovered.segments(), recovered.nextNumber());
      Ledger ledger = new Ledger(journal, catalog, tuning.kept(), recovered);
      Compaction compaction = new Compaction(disk, tuning, journal, ledger, catalog);
      Writer writer = new Writer(tuning, journal, ledger, compaction);
      writer.start();
      return new RevisionStore(disk, lock, catalog, writer);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * What is remembered of a deployment.
   *
   * @param current the current revision, or the last one if it was taken away
   * @param confirmed whether that revision is known to have gone live; if not, the server stopped
   *     while it was deployed
   * @param before what was last confirmed ahead of a current one that is not; empty if nothing was
   */
  public record Remembered(Current current, boolean confirmed, Optional<Current> before) {}

  /** What is remembered of each deployment, by name. */
  public List<Remembered> load() {
    return catalog.heads().stream()
        .flatMap(
            head ->
                head.current().stream()
                    .map(current -> new Remembered(current, head.confirmed(), head.before())))
        .toList();
  }

  /** The number that the next revision gets; numbers are never used twice. */
  public int next(String name) {
    return catalog.head(name).highest() + 1;
  }

  /** The revisions that are kept, oldest first. */
  public List<Integer> revisions(String name) {
    return catalog.revisions(name);
  }

  /**
   * What was deployed; empty if it is not kept.
   *
   * @throws IOException if it can't be read, or is damaged
   */
  public Optional<byte[]> content(String name, int revision) throws IOException {
    return read(Kind.CONTENT, name, revision);
  }

  /**
   * What was made of what was deployed; kept for the current revision, and, until that one is
   * confirmed, for the one before. Empty if it is not kept or is damaged.
   *
   * @throws IOException if it can't be read
   */
  public Optional<byte[]> compiled(String name, int revision) throws IOException {
    try {
      return read(Kind.COMPILED, name, revision);
    } catch (Bodies.DamagedException e) {
      LOG.error("Made anew if need be: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<byte[]> read(Kind kind, String name, int revision) throws IOException {
    Optional<Place> place = catalog.place(kind, name, revision);
    while (place.isPresent()) {
      try {
        return Optional.of(Bodies.read(disk, place.get()));
      } catch (IOException e) {
        // Compaction may have taken the file away; then it lies elsewhere, or is not kept any more.
        Optional<Place> now = catalog.place(kind, name, revision);
        if (now.equals(place)) {
          throw e;
        }
        place = now;
      }
    }
    return Optional.empty();
  }

  /**
   * Hands a new revision, which becomes the current one, to the store's thread, and returns at
   * once.
   *
   * @param current the revision
   * @param content what was deployed; not changed any more
   * @param compiled what was made of it; not changed any more
   * @throws IllegalArgumentException if its number was used before
   */
  public Write append(Current current, byte[] content, byte[] compiled) {
    catalog.use(current.name(), current.revision());
    return new Appended(
        current.name(),
        current.revision(),
        writer.submit(new Change.Append(current, content, compiled)));
  }

  /**
   * Changes what is remembered of a deployment; it is on the disk when this returns. A current
   * revision that was not confirmed is by that: if it is another one than the given, it is refused.
   *
   * @throws IOException if it could not be written; then what was remembered still is
   */
  public void update(Current current) throws IOException {
    await(writer.submit(new Change.Update(current)));
  }

  /** Does now what it would do when it is quiet, and returns when that is done. */
  void settle() throws IOException {
    await(writer.settle());
  }

  /** Ends it; everything is on the disk when this returns. What can't be is told in the log. */
  @Override
  public void close() {
    try (lock) {
      await(writer.close());
    } catch (IOException e) {
      LOG.error("The revisions could not be closed: {}", String.valueOf(e));
    }
  }

  private static void await(CompletableFuture<@Nullable Void> done) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          // How it ends must be known; the disk does not take for ever.
          interrupted = true;
        } catch (ExecutionException e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          throw new IOException(cause.getMessage(), cause);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A revision on its way to the disk. */
  public interface Write {

    /**
     * Returns when the revision is on the disk.
     *
     * @throws IOException if it could not be written; then nothing of it is left, now or after a
     *     restart, as far as the disk lets that be done
     */
    void await() throws IOException;

    /** It is live. Does not wait for the disk. */
    void confirm();

    /**
     * It was refused: the one before is current again, and that is on the disk when this returns.
     *
     * @throws IOException if it could not be written; it holds until the server ends, and is
     *     written when the disk lets it
     */
    void revoke() throws IOException;
  }

  private final class Appended implements Write {
    private final String name;
    private final int revision;
    private final CompletableFuture<@Nullable Void> done;

    Appended(String name, int revision, CompletableFuture<@Nullable Void> done) {
      this.name = name;
      this.revision = revision;
      this.done = done;
    }

    @Override
    public void await() throws IOException {
      RevisionStore.await(done);
    }

    @Override
    @SuppressWarnings(
        "FutureReturnValueIgnored") // nobody waits for it; what fails is written later
    public void confirm() {
      writer.submit(new Change.Confirm(name, revision));
    }

    @Override
    public void revoke() throws IOException {
      RevisionStore.await(writer.submit(new Change.Revoke(name, revision)));
    }
  }
}

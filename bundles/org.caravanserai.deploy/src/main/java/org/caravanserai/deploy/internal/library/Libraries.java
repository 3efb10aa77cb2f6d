package org.caravanserai.deploy.internal.library;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.caravanserai.deploy.LibraryInfo;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.install.SharedLibraries;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared libraries: installed beside each other, never updated in place. One whose files are
 * gone is withdrawn, and uninstalled once nothing is wired to it.
 */
public final class Libraries implements WatchedFileType, SharedLibraries, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);

  /** One that is just being installed or uninstalled. */
  private static final Mark STRANGER = new Mark("", false);

  private final LibraryStore store;
  private final LibraryBundles bundles;
  private final BundleTurn turn;
  private final long maxSize;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, Library> libraries = new ConcurrentHashMap<>();

  /** Asked while the framework resolves: must be read without a lock. */
  private final Map<Bundle, Library> byBundle = new ConcurrentHashMap<>();

  private final AtomicLong changes = new AtomicLong();
  private final ServiceRegistration<ResolverHookFactory> scope;

  /**
   * Prepares them; {@link #open} brings back those of the last run.
   *
   * @param turn when bundles may come and go
   * @param folder where they are kept
   * @param maxSize the greatest size of one, in bytes
   * @throws IOException if the folder can't be made
   */
  public Libraries(BundleContext context, BundleTurn turn, Path folder, long maxSize)
      throws IOException {
    this.store = new LibraryStore(folder);
    this.bundles = new LibraryBundles(context);
    this.turn = turn;
    this.maxSize = maxSize;
    this.scope = context.registerService(ResolverHookFactory.class, new LibraryScope(this), null);
  }

  /** Brings back those of the last run, withdrawn or not. */
  public synchronized void open() {
    try {
      List<LibraryStore.Stored> stored = store.load();
      if (!stored.isEmpty() || !bundles.all().isEmpty()) {
        turn.run(() -> bringBack(stored));
      }
    } catch (IOException e) {
      LOG.error("The libraries can't be brought back: {}", String.valueOf(e));
    }
    changes.incrementAndGet();
  }

  private void bringBack(List<LibraryStore.Stored> stored) {
    stored.forEach(this::bringBack);
    bundles.all().stream()
        .filter(each -> !byBundle.containsKey(each))
        .forEach(LibraryBundles::uninstall);
    bundles.resolve(byBundle.keySet());
    for (Library each : libraries.values()) {
      bundles
          .problems(each.bundle())
          .forEach(problem -> LOG.error("Library {}: {}", each, problem));
    }
  }

  private void bringBack(LibraryStore.Stored stored) {
    String location = LibraryLocation.of(stored.name(), stored.version(), stored.sha256());
    try {
      Bundle bundle = bundles.install(location, store.open(stored.sha256()));
      Library library =
          new Library(stored.name(), stored.version(), stored.sha256(), stored.since(), bundle);
      library.files().addAll(stored.files());
      know(library);
    } catch (IOException e) {
      LOG.error(
          "Library {} {} can't be brought back: {}",
          stored.name(),
          stored.version(),
          String.valueOf(e));
    }
  }

  private void know(Library library) {
    libraries.put(library.sha256(), library);
    byBundle.put(library.bundle(), library);
  }

  @Override
  public boolean accepts(Path file) {
    return LibraryFile.is(file);
  }

  @Override
  public OptionalLong maxSize() {
    return OptionalLong.of(maxSize);
  }

  @Override
  public synchronized List<Diagnostic> deploy(String path, byte[] content) {
    String fileName = String.valueOf(Path.of(path).getFileName());
    List<String> problems = new ArrayList<>();
    turn.run(
        () -> {
          try {
            problems.addAll(apply(path, fileName, content));
          } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
          }
        });
    return problems.stream().map(each -> Diagnostic.error(fileName, 0, 0, each)).toList();
  }

  private List<String> apply(String path, String fileName, byte[] content) throws IOException {
    String hash = Sha256.of(content);
    Optional<LibraryJar> read =
        libraries.containsKey(hash) && store.has(hash)
            ? Optional.empty()
            : Optional.of(LibraryJar.of(fileName, content));
    Library library = libraries.get(hash);
    if (library == null) {
      library = install(read.orElseThrow());
    }
    List<String> problems = bundles.problems(library.bundle());
    if (!problems.isEmpty()) {
      libraries.values().forEach(each -> each.waiting().remove(path));
      library.waiting().add(path);
      return problems;
    }
    library.waiting().remove(path);
    if (!library.files().contains(path)) {
      offer(library, path, read);
    }
    return List.of();
  }

  private Library install(LibraryJar jar) throws IOException {
    String location = LibraryLocation.of(jar.name(), jar.version(), jar.sha256());
    Bundle bundle = bundles.install(location, new ByteArrayInputStream(jar.bundle()));
    Library library = new Library(jar.name(), jar.version(), jar.sha256(), clock.instant(), bundle);
    know(library);
    return library;
  }

  /** From now on, and after the next start, sources are compiled against it. */
  private void offer(Library library, String path, Optional<LibraryJar> jar) throws IOException {
    library.files().add(path);
    boolean stored = false;
    try {
      if (jar.isPresent()) {
        store.save(library.sha256(), jar.get().bundle());
      }
      store.describe(library);
      stored = true;
    } finally {
      if (!stored) {
        library.files().remove(path);
        library.waiting().add(path);
      }
    }
    LOG.info("Library {} is there, from {}", library, path);
    leave(path, each -> each != library);
    renew();
  }

  /** A file is no longer where libraries lie. */
  private void leave(String path, Predicate<Library> which) {
    for (Library each : libraries.values()) {
      if (which.test(each) && each.leave(path)) {
        describe(each);
        if (!each.isOffered() && each.waiting().isEmpty()) {
          LOG.info("Library {} is withdrawn: {} is another now, or gone", each, path);
        }
      }
    }
    changes.incrementAndGet();
  }

  private void describe(Library library) {
    try {
      if (store.has(library.sha256())) {
        store.describe(library);
      }
    } catch (IOException e) {
      // The file is looked for again at the next start.
      LOG.warn("Where library {} lies can't be stored: {}", library, String.valueOf(e));
    }
  }

  @Override
  public synchronized void undeploy(String path) {
    leave(path, each -> true);
    turn.run(this::renew);
  }

  /** Installs those once more, beside themselves, which would be wired otherwise now. */
  private void renew() {
    List<Library> outdated =
        bundles
            .outdated(
                libraries.values().stream()
                    .filter(Library::isOffered)
                    .map(Library::bundle)
                    .filter(LibraryBundles::isResolved)
                    .toList())
            .stream()
            .map(byBundle::get)
            .toList();
    for (Library each : outdated) {
      try {
        Bundle next = bundles.install(each.nextLocation(), store.open(each.sha256()));
        byBundle.put(next, each);
        each.renew(next);
      } catch (IOException e) {
        LOG.error("Library {} stays wired as it is: {}", each, String.valueOf(e));
      }
    }
    bundles.resolve(outdated.stream().map(Library::newest).toList());
    for (Library each : outdated) {
      if (each.newest().equals(each.bundle())) {
        continue;
      }
      Bundle next = each.newest();
      List<String> problems = bundles.problems(next);
      if (problems.isEmpty()) {
        each.renewed();
      } else {
        LOG.error("Library {} stays wired as it is: {}", each, problems);
        each.renew(each.bundle());
        byBundle.remove(next);
        LibraryBundles.uninstall(next);
      }
    }
    changes.incrementAndGet();
  }

  /**
   * Uninstalls what is withdrawn, or replaced by a later bundle of itself, and used by nobody.
   *
   * @param loads whether something loads classes by a loader
   * @param pinned the hashes of libraries that something needs to come back
   */
  public synchronized void sweep(Predicate<ClassLoader> loads, Supplier<Set<String>> pinned) {
    Map<Bundle, Library> left = new HashMap<>();
    for (Library each : libraries.values()) {
      each.replaced().forEach(bundle -> left.put(bundle, each));
      if (!each.isOffered() && each.waiting().isEmpty()) {
        left.put(each.bundle(), each);
      }
    }
    left.keySet().removeIf(each -> LibraryBundles.isUsed(each) || isLoadedFrom(each, loads));
    if (left.isEmpty()) {
      return;
    }
    Set<String> needed = pinned.get();
    turn.run(() -> left.forEach((bundle, library) -> remove(bundle, library, needed)));
  }

  private static boolean isLoadedFrom(Bundle bundle, Predicate<ClassLoader> loads) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring != null && wiring.getClassLoader() != null && loads.test(wiring.getClassLoader());
  }

  private void remove(Bundle bundle, Library library, Set<String> needed) {
    boolean replaced = library.replaced().remove(bundle);
    if (!replaced && (needed.contains(library.sha256()) || !library.replaced().isEmpty())) {
      return;
    }
    LibraryBundles.uninstall(bundle);
    byBundle.remove(bundle);
    if (!replaced) {
      libraries.remove(library.sha256());
      try {
        store.delete(library.sha256());
      } catch (IOException e) {
        LOG.warn("Library {} can't be deleted: {}", library, String.valueOf(e));
      }
      LOG.info("Library {} is uninstalled: nobody uses it any more", library);
    }
    changes.incrementAndGet();
  }

  @Override
  public Optional<Mark> of(Bundle bundle) {
    Library library = byBundle.get(bundle);
    if (library != null) {
      return Optional.of(
          new Mark(library.sha256(), library.isOffered() && library.bundle().equals(bundle)));
    }
    return LibraryLocation.isOf(bundle) ? Optional.of(STRANGER) : Optional.empty();
  }

  /** Whether a library is to be wired to that bundle, if it is one of a library. */
  boolean isNewest(Bundle bundle) {
    Library library = byBundle.get(bundle);
    return library == null || (library.isOffered() && library.newest().equals(bundle));
  }

  @Override
  public long changes() {
    return changes.get();
  }

  /** Where libraries lie, with the hash of each. */
  public Map<Path, String> seen() {
    Map<Path, String> seen = new HashMap<>();
    for (Library each : libraries.values()) {
      each.files().forEach(file -> seen.put(Path.of(file), each.sha256()));
    }
    return seen;
  }

  /**
   * All of them, by name and version.
   *
   * @param users the names of deployments with the hashes of the libraries that they are pinned to
   */
  public List<LibraryInfo> list(Map<String, Set<String>> users) {
    Map<String, Set<String>> reached = new HashMap<>();
    users.forEach((name, hashes) -> reached.put(name, reached(hashes)));
    return libraries.values().stream()
        .sorted(
            Comparator.comparing(Library::name)
                .thenComparing(each -> Version.parseVersion(each.version()))
                .thenComparing(Library::since))
        .map(each -> info(each, reached))
        .toList();
  }

  private static LibraryInfo info(Library library, Map<String, Set<String>> reached) {
    String status = library.isOffered() ? "present" : "withdrawn";
    return new LibraryInfo(
        library.name(),
        library.version(),
        library.sha256(),
        library.waiting().isEmpty() ? status : "waiting",
        Stream.concat(library.files().stream(), library.waiting().stream())
            .distinct()
            .sorted()
            .toList(),
        reached.entrySet().stream()
            .filter(each -> each.getValue().contains(library.sha256()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
  }

  /** Those libraries, and all which they are wired to in turn. */
  private Set<String> reached(Collection<String> hashes) {
    Set<String> reached = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(hashes);
    while (!next.isEmpty()) {
      Library library = libraries.get(next.remove());
      if (library != null && reached.add(library.sha256())) {
        LibraryBundles.providers(library.bundle())
            .map(byBundle::get)
            .filter(Objects::nonNull)
            .map(Library::sha256)
            .forEach(next::add);
      }
    }
    return reached;
  }

  /** The framework wires libraries as it likes from now on. */
  @Override
  public void close() {
    scope.unregister();
  }
}

package org.caravanserai.deploy.internal.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file system's own notices of changes in folders. Where it gives none, the rescan remains. */
final class FolderEvents implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);

  private final @Nullable WatchService service;
  private final Map<Path, WatchKey> keys = new ConcurrentHashMap<>();
  private final Consumer<Optional<Path>> touched;
  private boolean warned;

  /**
   * Begins to take notices.
   *
   * @param touched gets each path with a change; empty when notices were lost
   */
  FolderEvents(Consumer<Optional<Path>> touched) {
    this.touched = touched;
    WatchService made = null;
    try {
      made = FileSystems.getDefault().newWatchService();
      WatchService taken = made;
      Thread thread = new Thread(() -> take(taken), "serai-folder-events");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException e) {
      LOG.warn("No notices of changed files, folders are only rescanned: {}", String.valueOf(e));
    }
    this.service = made;
  }

  /** Takes notices of a folder, once. */
  void register(Path folder) {
    WatchKey known = keys.get(folder);
    if (service == null || (known != null && known.isValid())) {
      return;
    }
    try {
      keys.put(
          folder,
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException e) {
      if (!warned) {
        warned = true;
        LOG.warn(
            "No notices of changes in {}, it is only rescanned: {}", folder, String.valueOf(e));
      }
    }
  }

  private void take(WatchService from) {
    try {
      while (true) {
        WatchKey key = from.take();
        Path folder = (Path) key.watchable();
        for (WatchEvent<?> event : key.pollEvents()) {
          touched.accept(
              event.context() instanceof Path name
                  ? Optional.of(folder.resolve(name))
                  : Optional.empty());
        }
        if (!key.reset()) {
          keys.remove(folder, key);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      LOG.debug("no more notices");
    }
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("the watch service does not close", e);
      }
    }
  }
}

package org.caravanserai.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.maven.plugin.logging.Log;

/**
 * Brings what is saved to a server: first the jar, then the objects, which may refer to its
 * services. What could not be brought is tried again at the next save.
 */
final class Watch {

  private final Saves saves;
  private final Workshop workshop;
  private final Path jar;
  private final Path objects;
  private final Target target;
  private final Log log;
  private boolean isJarDue = true;
  private boolean areObjectsDue = true;

  /**
   * A watch; everything is due.
   *
   * @param saves those of the sources, the resources and the file of objects
   * @param jar what the jar is called in what the server says about it
   * @param objects the file of objects, which need not be there
   */
  Watch(Saves saves, Workshop workshop, Path jar, Path objects, Target target, Log log) {
    this.saves = saves;
    this.workshop = workshop;
    this.jar = jar;
    this.objects = objects;
    this.target = target;
    this.log = log;
  }

  /**
   * Brings what is due.
   *
   * @throws RefusedException if it can't be brought now; what was live goes on
   */
  void bring() throws RefusedException {
    if (isJarDue) {
      log.info(target.deploy(workshop.jar(), jar.toString()));
      isJarDue = false;
    }
    if (areObjectsDue && Files.exists(objects)) {
      target.importObjects(ProjectMojo.read(objects), objects.toString()).forEach(log::info);
    }
    areObjectsDue = false;
  }

  /** Brings what is saved, until this thread is interrupted; refusals are told. */
  void follow() throws InterruptedException {
    while (true) {
      Set<Path> changed = saves.await();
      areObjectsDue |= changed.remove(objects);
      isJarDue |= !changed.isEmpty();
      try {
        bring();
      } catch (RefusedException e) {
        e.getMessage().lines().forEach(log::error);
      }
    }
  }
}

package org.caravanserai.maven;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The saves of a developer. It looks itself, and asks no one to be told: what tells differs by
 * system, from at once to after ten seconds, and not at all on some mounted folders.
 */
final class Saves {

  private static final int LOOK_MILLIS = 100;

  private final List<Path> places;
  private FilesSeen known;

  /**
   * Saves from now on.
   *
   * @param places files and folders, which need not be there yet
   */
  Saves(Collection<Path> places) {
    this.places = List.copyOf(places);
    this.known = FilesSeen.in(places);
  }

  /**
   * Waits until something has been saved, and then until nothing more is: an editor that saves all
   * its files is one change.
   *
   * @return the files that are new, different or gone since the last time
   */
  Set<Path> await() throws InterruptedException {
    FilesSeen before = known;
    FilesSeen last = FilesSeen.in(places);
    while (true) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      FilesSeen now = FilesSeen.in(places);
      Set<Path> changed = now.changedSince(before);
      if (!changed.isEmpty() && now.equals(last)) {
        known = now;
        return changed;
      }
      last = now;
    }
  }
}

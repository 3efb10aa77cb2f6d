package org.caravanserai.deploy.internal.library;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.Bundle;

/**
 * A shared library: one content of a jar, wherever it lies, as a bundle. What it is wired to never
 * changes; it is installed once more instead, beside the bundle that it had.
 */
final class Library {

  private final String name;
  private final String version;
  private final String sha256;
  private final Instant since;
  private final Set<String> files = new ConcurrentSkipListSet<>();
  private final Set<String> waiting = new ConcurrentSkipListSet<>();
  private final List<Bundle> replaced = new ArrayList<>();
  private volatile Bundle bundle;
  private volatile Bundle newest;
  private int installed = 1;

  Library(String name, String version, String sha256, Instant since, Bundle bundle) {
    this.name = name;
    this.version = version;
    this.sha256 = sha256;
    this.since = since;
    this.bundle = bundle;
    this.newest = bundle;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  String sha256() {
    return sha256;
  }

  /** When it came first. */
  Instant since() {
    return since;
  }

  /** Where it lies and is in effect. */
  Set<String> files() {
    return files;
  }

  /** Where it lies and can't be in effect yet. */
  Set<String> waiting() {
    return waiting;
  }

  /** It does not lie there any more; tells whether it did. */
  boolean leave(String path) {
    boolean waited = waiting.remove(path);
    return files.remove(path) || waited;
  }

  /** Whether sources are compiled against it. */
  boolean isOffered() {
    return !files.isEmpty();
  }

  /** The bundle that new revisions are wired to. */
  Bundle bundle() {
    return bundle;
  }

  /** The bundles before that, which are still there for those which are wired to them. */
  List<Bundle> replaced() {
    return replaced;
  }

  /** The location of its next bundle. */
  String nextLocation() {
    installed++;
    return LibraryLocation.of(name, version, sha256) + ":" + installed;
  }

  /** The bundle that other libraries are to be wired to: the one above, or soon its successor. */
  Bundle newest() {
    return newest;
  }

  /** Another bundle is to take the place of the one that it has. */
  void renew(Bundle next) {
    newest = next;
  }

  /** The newest bundle takes that place. */
  void renewed() {
    if (newest != bundle) {
      replaced.add(bundle);
      bundle = newest;
    }
  }

  /** Reads {@code guava 33.4.0}. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}

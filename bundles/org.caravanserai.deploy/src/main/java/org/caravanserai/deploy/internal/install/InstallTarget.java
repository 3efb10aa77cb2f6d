package org.caravanserai.deploy.internal.install;

import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;

/** Where revisions become classes that can be loaded, each beside the others. */
public interface InstallTarget extends AutoCloseable {

  /** Hears what operators do to installed revisions by other ways than this. */
  interface Listener {

    /** A revision is being stopped. Returns when nobody is inside any more, or after a while. */
    void stopping(InstalledRevision revision);

    /** A stopped revision has been started. */
    void started(InstalledRevision revision);

    /** What a revision imports has changed; its classes are others from now on. */
    void rewired(InstalledRevision revision);
  }

  /**
   * Removes what an earlier run left behind, and begins to listen.
   *
   * @param listener told of revisions that are stopped and started by hand
   */
  void open(Listener listener);

  /**
   * Installs a revision, and loads and links all its classes.
   *
   * @param label the deployment's name and the revision's number, unlike any other that is
   *     installed
   * @throws RejectedException if it can't be wired or linked; then nothing of it is left
   */
  InstalledRevision install(RevisionLabel label, Compiled compiled) throws RejectedException;

  /**
   * Whether a revision that is installed loads classes by that loader, other than as a bundle that
   * is wired to the loader's.
   */
  boolean loadsFrom(ClassLoader provider);

  /** Stops to listen. What is installed stays. */
  @Override
  void close();
}

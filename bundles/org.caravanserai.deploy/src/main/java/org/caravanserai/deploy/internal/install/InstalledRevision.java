package org.caravanserai.deploy.internal.install;

import java.util.List;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;

/** A revision whose classes can be loaded. */
public interface InstalledRevision {

  /** Which one it is. */
  RevisionLabel label();

  /** What it was made of. */
  Compiled compiled();

  /**
   * The classes that are services.
   *
   * @throws RejectedException if one can't be loaded any more
   */
  List<Class<?>> services() throws RejectedException;

  /**
   * The classes that are no services.
   *
   * @throws RejectedException if one can't be loaded any more
   */
  List<Class<?>> classes() throws RejectedException;

  /** It is served from now on: shows it to operators as a bundle, soon if not at once. */
  void publish();

  /** How it stands as a bundle. */
  BundleState bundle();

  /** Takes its classes away; those which are loaded go on until nobody uses them. */
  void uninstall();
}

package org.caravanserai.deploy.internal.install;

import java.util.List;
import org.caravanserai.deploy.internal.compile.RejectedException;

/** A revision whose classes can be loaded. */
public interface InstalledRevision {

  /** Which one it is. */
  RevisionLabel label();

  /**
   * The classes that are services.
   *
   * @throws RejectedException if one can't be loaded any more
   */
  List<Class<?>> services() throws RejectedException;

  /** Takes its classes away; those which are loaded go on until nobody uses them. */
  void uninstall();
}

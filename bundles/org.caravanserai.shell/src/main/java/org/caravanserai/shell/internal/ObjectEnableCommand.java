package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Puts an object into operation. */
@Service
@Command(
    scope = "serai",
    name = "object-enable",
    description = "Puts an object into operation",
    detailedDescription = "Example: serai:object-enable channel_rest orders")
public final class ObjectEnableCommand extends ObjectSwitch {

  /** Made by the container, for each line. */
  public ObjectEnableCommand() {
    super(true);
  }
}

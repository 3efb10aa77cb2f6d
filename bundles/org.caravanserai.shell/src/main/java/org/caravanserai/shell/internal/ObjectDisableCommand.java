package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes an object out of operation; its fields stay. */
@Service
@Command(
    scope = "serai",
    name = "object-disable",
    description = "Takes an object out of operation; its fields stay",
    detailedDescription = "Example: serai:object-disable channel_rest orders")
public final class ObjectDisableCommand extends ObjectSwitch {

  /** Made by the container, for each line. */
  public ObjectDisableCommand() {
    super(false);
  }
}

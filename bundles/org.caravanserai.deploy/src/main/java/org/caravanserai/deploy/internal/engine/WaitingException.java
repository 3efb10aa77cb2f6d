package org.caravanserai.deploy.internal.engine;

/** Says that a deployment can't be restored before the type of its source is there. */
final class WaitingException extends Exception {

  private static final long serialVersionUID = 1L;

  WaitingException(String fileName) {
    super("what takes " + fileName + " has not started", null, false, false);
  }
}

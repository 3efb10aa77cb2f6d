package org.caravanserai.security.internal.directory;

/** A directory of users could not be asked. */
public final class DirectoryAwayException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public DirectoryAwayException(String message) {
    super(message);
  }
}

package org.caravanserai.security;

/** Says why there are no credentials to be shown to others. */
public class CredentialsException extends Exception {

  private static final long serialVersionUID = 1L;

  /** There are none; the message says why, in words, and holds no secret. */
  public CredentialsException(String message) {
    super(message);
  }
}

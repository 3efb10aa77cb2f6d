package org.caravanserai.security.internal.user;

import org.caravanserai.security.AccountRefusedException;
import org.caravanserai.security.AccountRefusedException.Reason;

/**
 * What a new password must be like: long enough, and not the user's name (NIST SP 800-63B, section
 * 5.1.1.2, asks for no more).
 *
 * @param minLength characters
 */
record PasswordPolicy(int minLength) {

  private static final int LONGEST = 1000;

  /** Refuses a password that is not like that. */
  void check(String name, char[] password) {
    if (password.length < minLength) {
      throw refused("A password has at least " + minLength + " characters");
    }
    if (password.length > LONGEST) {
      throw refused("A password has at most " + LONGEST + " characters");
    }
    if (name.equalsIgnoreCase(new String(password))) {
      throw refused("A password is not the user's name");
    }
  }

  private static AccountRefusedException refused(String message) {
    return new AccountRefusedException(Reason.INVALID, message);
  }
}

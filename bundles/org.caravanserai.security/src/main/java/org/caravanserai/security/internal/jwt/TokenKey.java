package org.caravanserai.security.internal.jwt;

import org.caravanserai.security.internal.ConstantTime;

/** A token in a table, compared in a time that says nothing about where it differs from others. */
final class TokenKey {

  private final String token;

  TokenKey(String token) {
    this.token = token;
  }

  int length() {
    return token.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenKey key && ConstantTime.same(token, key.token, 0);
  }

  @Override
  public int hashCode() {
    return token.hashCode();
  }

  /** Not the token: it is a secret. */
  @Override
  public String toString() {
    return "token";
  }
}

package org.caravanserai.security;

import java.security.KeyStore;
import java.util.Optional;

/** A certificate that this server shows to others, and whom it believes there. */
public final class ClientIdentity {

  private final KeyStore keys;
  private final Optional<KeyStore> trusted;

  /**
   * A certificate and its key.
   *
   * @param keys both, as {@link PemFiles#identity} gives them
   * @param trusted the certificates that vouch for others; empty for those that are believed anyway
   */
  public ClientIdentity(KeyStore keys, Optional<KeyStore> trusted) {
    this.keys = keys;
    this.trusted = trusted;
  }

  /** The certificate and its key, under {@link PemFiles#ALIAS} and an empty password. */
  public KeyStore keys() {
    return keys;
  }

  /** The certificates that vouch for others. */
  public Optional<KeyStore> trusted() {
    return trusted;
  }
}

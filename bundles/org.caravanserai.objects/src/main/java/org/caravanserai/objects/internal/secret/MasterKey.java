package org.caravanserai.objects.internal.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key under which secrets are encrypted: AES-256-GCM (NIST SP 800-38D), 96-bit nonces. */
final class MasterKey {

  private static final int BYTES = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key;
  }

  /** A new one. */
  static MasterKey random() {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new MasterKey(key);
  }

  /** The key that a text spells, 32 bytes in base64; empty if it spells none. */
  static Optional<MasterKey> parse(String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      return key.length == BYTES ? Optional.of(new MasterKey(key)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The text that spells it. */
  String spelled() {
    return Base64.getEncoder().encodeToString(key);
  }

  /** What tells it from others and does not give it away. */
  String id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("caravanserai key id".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(key), 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Encrypts a value.
   *
   * @param name what it is the value of; it can't be decrypted as that of another
   */
  byte[] encrypt(String name, String value) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, name);
      byte[] encrypted = cipher.doFinal(value.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE + encrypted.length);
      System.arraycopy(encrypted, 0, all, NONCE, encrypted.length);
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  /**
   * Decrypts a value.
   *
   * @throws GeneralSecurityException if it was encrypted under another key or name, or is damaged
   */
  String decrypt(String name, byte[] encrypted) throws GeneralSecurityException {
    if (encrypted.length < NONCE) {
      throw new GeneralSecurityException("too short");
    }
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(encrypted, NONCE), name);
    byte[] value = cipher.doFinal(encrypted, NONCE, encrypted.length - NONCE);
    return new String(value, StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Its id only. */
  @Override
  public String toString() {
    return "MasterKey[" + id() + "]";
  }
}

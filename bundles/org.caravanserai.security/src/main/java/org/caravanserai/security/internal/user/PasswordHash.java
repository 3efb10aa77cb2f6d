package org.caravanserai.security.internal.user;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Argon2id (RFC 9106): from passwords to hashes, in the PHC string format, which holds the
 * parameters too.
 */
final class PasswordHash {

  private static final int ARGON2_VERSION_13 = 19;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Argon2Function function;

  /**
   * With the parameters of new hashes.
   *
   * @param memory in KiB
   * @param iterations passes over the memory
   */
  PasswordHash(int memory, int iterations) {
    function =
        Argon2Function.getInstance(memory, iterations, 1, HASH_BYTES, Argon2.ID, ARGON2_VERSION_13);
  }

  /** The hash of a password, with a salt of its own. */
  String of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] bytes = PasswordBytes.of(password);
    try {
      return function.hash(bytes, salt).getResult();
    } finally {
      PasswordBytes.wipe(bytes);
    }
  }

  /**
   * A hash of which nobody knows the password, with the parameters of new hashes: to verify against
   * it takes as long. It is random and not computed, so that a start does not pay for it.
   */
  String ofNobody() {
    return "$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            ARGON2_VERSION_13,
            function.getMemory(),
            function.getIterations(),
            randomText(SALT_BYTES),
            randomText(HASH_BYTES));
  }

  private String randomText(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a hash is that of a password; a damaged one is of none. */
  boolean verify(char[] password, String hash) {
    byte[] bytes = PasswordBytes.of(password);
    try {
      Optional<Argon2Function> made = madeBy(hash);
      return made.isPresent() && made.get().check(bytes, hash.getBytes(StandardCharsets.US_ASCII));
    } catch (RuntimeException e) {
      return false;
    } finally {
      PasswordBytes.wipe(bytes);
    }
  }

  /** Whether that is a hash. */
  static boolean isHash(String text) {
    return madeBy(text).isPresent();
  }

  private static Optional<Argon2Function> madeBy(String hash) {
    try {
      return hash.startsWith("$argon2id$")
          ? Optional.of(Argon2Function.getInstanceFromHash(hash))
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}

package org.caravanserai.security.internal.user;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106): from passwords to hashes, in the PHC string format, which holds the
 * parameters too.
 */
final class PasswordHash {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{6,86})");

  private final SecureRandom random = new SecureRandom();
  private final int memory;
  private final int iterations;

  /**
   * With the parameters of new hashes.
   *
   * @param memory in KiB
   * @param iterations passes over the memory
   */
  PasswordHash(int memory, int iterations) {
    this.memory = memory;
    this.iterations = iterations;
  }

  /** The hash of a password, with a salt of its own. */
  String of(char[] password) {
    Made made = new Made(memory, iterations, 1, randomBytes(SALT_BYTES), new byte[HASH_BYTES]);
    return text(made.salt(), made.hash(password));
  }

  /**
   * A hash of which nobody knows the password, with the parameters of new hashes: to verify against
   * it takes as long. It is random and not computed, so that a start does not pay for it.
   */
  String ofNobody() {
    return text(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  private String text(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            Argon2Parameters.ARGON2_VERSION_13,
            memory,
            iterations,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Whether a hash is that of a password; a damaged one is of none. */
  boolean verify(char[] password, String hash) {
    Optional<Made> made = Made.parse(hash);
    return made.isPresent()
        && MessageDigest.isEqual(made.get().hash(password), made.get().expected());
  }

  /** Whether that is a hash. */
  static boolean isHash(String text) {
    return Made.parse(text).isPresent();
  }

  /** How a hash is made, and what came of it. */
  private record Made(int memory, int iterations, int parallelism, byte[] salt, byte[] expected) {

    static Optional<Made> parse(String text) {
      Matcher phc = PHC.matcher(text);
      if (!phc.matches()) {
        return Optional.empty();
      }
      try {
        Made made =
            new Made(
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                Base64.getDecoder().decode(phc.group(4)),
                Base64.getDecoder().decode(phc.group(5)));
        return made.isSound() ? Optional.of(made) : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private boolean isSound() {
      return iterations > 0 && parallelism > 0 && memory >= 8 * parallelism;
    }

    byte[] hash(char[] password) {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(iterations)
              .withParallelism(parallelism)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[expected.length];
      byte[] bytes = PasswordBytes.of(password);
      try {
        argon2.generateBytes(bytes, hash);
        return hash;
      } finally {
        PasswordBytes.wipe(bytes);
      }
    }
  }
}

package org.caravanserai.security.internal.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.caravanserai.security.User;

/**
 * Remembers for a short time which passwords were right, so that a script does not pay for a slow
 * hash with each request. It holds keyed digests, under a key that lives as long as this process,
 * and no password.
 */
final class VerificationCache {

  private static final String HMAC = "HmacSHA256";
  private static final int ENTRIES = 1_000;

  private final Cache<ByteBuffer, User> users;
  private final SecretKeySpec key;

  VerificationCache(Duration lifetime, Ticker ticker) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, HMAC);
    users =
        Caffeine.newBuilder()
            .maximumSize(ENTRIES)
            .expireAfterWrite(lifetime)
            .ticker(ticker)
            .build();
  }

  /** The user whose password this was a short while ago. */
  Optional<User> find(String name, char[] password) {
    return Optional.ofNullable(users.getIfPresent(digest(name, password)));
  }

  /** This was the password of a user. */
  void remember(User user, char[] password) {
    users.put(digest(user.name(), password), user);
  }

  /** Forgets everything. */
  void clear() {
    users.invalidateAll();
  }

  private ByteBuffer digest(String name, char[] password) {
    byte[] encoded = PasswordBytes.of(password);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, nameBytes.length));
      mac.update(nameBytes);
      mac.update(encoded);
      return ByteBuffer.wrap(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    } finally {
      PasswordBytes.wipe(encoded);
    }
  }
}

package org.caravanserai.security.internal.definition;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.caravanserai.security.Verdict;
import org.caravanserai.security.internal.ConstantTime;
import org.jspecify.annotations.Nullable;

/**
 * Secrets, and who is let in by each. A secret is found by a hash under a key that nobody knows
 * (SipHash-2-4, Aumasson and Bernstein 2012), so that the time of a look says nothing about which
 * secrets there are, and is then compared in constant time.
 */
final class SecretIndex {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final long key0 = RANDOM.nextLong();
  private final long key1 = RANDOM.nextLong();
  private final long[] hashes;
  private final @Nullable String[] secrets;
  private final Verdict.@Nullable Admitted[] verdicts;
  private final int mask;
  private final boolean isEmpty;

  /** An index of some secrets; of two that are the same the first one is found. */
  SecretIndex(List<Map.Entry<String, Verdict.Admitted>> entries) {
    int size = Math.max(Integer.highestOneBit(Math.max(entries.size(), 1)) * 4, 4);
    isEmpty = entries.isEmpty();
    mask = size - 1;
    hashes = new long[size];
    secrets = new String[size];
    verdicts = new Verdict.Admitted[size];
    for (Map.Entry<String, Verdict.Admitted> entry : entries) {
      put(entry.getKey(), entry.getValue());
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return isEmpty;
  }

  private void put(String secret, Verdict.Admitted verdict) {
    long hash = hash(secret, 0);
    int slot = (int) hash & mask;
    while (secrets[slot] != null) {
      if (secret.equals(secrets[slot])) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    secrets[slot] = secret;
    verdicts[slot] = verdict;
  }

  /**
   * Who is let in by a secret; {@code null} for nobody.
   *
   * @param text ends with the secret
   * @param from where it begins
   */
  Verdict.@Nullable Admitted find(String text, int from) {
    long hash = hash(text, from);
    int slot = (int) hash & mask;
    for (String secret = secrets[slot]; secret != null; secret = secrets[slot]) {
      if (hashes[slot] == hash && ConstantTime.same(secret, text, from)) {
        return verdicts[slot];
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  /** SipHash-2-4 of the characters, two bytes each. */
  private long hash(String text, int from) {
    long v0 = 0x736f6d6570736575L ^ key0;
    long v1 = 0x646f72616e646f6dL ^ key1;
    long v2 = 0x6c7967656e657261L ^ key0;
    long v3 = 0x7465646279746573L ^ key1;
    int length = text.length() - from;
    int blocks = (length >>> 2) + 1;
    for (int block = 0; block <= blocks; block++) {
      long m = 0;
      if (block < blocks) {
        for (int i = 0; i < 4 && block * 4 + i < length; i++) {
          m |= (long) text.charAt(from + block * 4 + i) << (16 * i);
        }
        if (block == blocks - 1) {
          m |= (long) length << 57;
        }
      } else {
        v2 ^= 0xff;
      }
      v3 ^= m;
      int rounds = block < blocks ? 2 : 4;
      for (int round = 0; round < rounds; round++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= m;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}

package org.caravanserai.objects.internal.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file of secrets: a line that names the key, then one line for each, its name and what it
 * encrypts to, both in base64.
 *
 * @param keyId the id of the key
 * @param encrypted the values by name
 */
record SecretFile(String keyId, SortedMap<String, byte[]> encrypted) {

  private static final String TITLE = "serai-secrets-1 ";

  /** Reads a file; empty if it is none of these. */
  static Optional<SecretFile> parse(byte[] content) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].startsWith(TITLE)) {
      return Optional.empty();
    }
    SortedMap<String, byte[]> encrypted = new TreeMap<>();
    try {
      for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
        int blank = lines[i].indexOf(' ');
        if (blank < 0) {
          return Optional.empty();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        encrypted.put(
            new String(base64.decode(lines[i].substring(0, blank)), StandardCharsets.UTF_8),
            base64.decode(lines[i].substring(blank + 1)));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new SecretFile(lines[0].substring(TITLE.length()), encrypted));
  }

  byte[] bytes() {
    Base64.Encoder base64 = Base64.getEncoder();
    StringBuilder text = new StringBuilder(TITLE).append(keyId).append('\n');
    for (Map.Entry<String, byte[]> each : encrypted.entrySet()) {
      text.append(base64.encodeToString(each.getKey().getBytes(StandardCharsets.UTF_8)))
          .append(' ')
          .append(base64.encodeToString(each.getValue()))
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

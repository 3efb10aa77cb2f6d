package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lets scripts of the server's own user in: 256 random bits, new at each start, in a file that
 * only this user can read.
 */
final class LocalToken {

  /** The name of its file. */
  static final String NAME = "token";

  private static final Logger LOG = LoggerFactory.getLogger(LocalToken.class);

  private final PrivateFolder folder;
  private final byte[] token;

  /** Makes a new one and writes it. */
  LocalToken(PrivateFolder folder) throws IOException {
    this.folder = folder;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    folder.write(NAME, token);
  }

  /** Whether that is it. */
  boolean is(String presented) {
    return MessageDigest.isEqual(presented.getBytes(StandardCharsets.UTF_8), token);
  }

  /** Takes its file away. */
  void end() {
    try {
      folder.delete(NAME);
    } catch (IOException e) {
      LOG.warn(
          "The token of this run could not be deleted; it is of no use any more: {}", e.toString());
    }
  }
}

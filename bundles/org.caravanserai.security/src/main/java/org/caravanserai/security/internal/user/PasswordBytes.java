package org.caravanserai.security.internal.user;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password in UTF-8, which can be wiped. */
final class PasswordBytes {

  private static final int LONGEST_CHARACTER = 3;

  private PasswordBytes() {}

  static byte[] of(char[] password) {
    ByteBuffer encoded = ByteBuffer.allocate(password.length * LONGEST_CHARACTER);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(password), encoded, true);
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
    wipe(encoded.array());
    return bytes;
  }

  static void wipe(byte[] bytes) {
    Arrays.fill(bytes, (byte) 0);
  }
}

package org.caravanserai.pubsub.internal;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of messages: 128 random bits in hexadecimal digits, after {@code smsg-}. */
public final class MessageIds {

  private static final HexFormat HEX = HexFormat.of();

  private MessageIds() {}

  /** One that no other message has. */
  public static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "smsg-" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }
}

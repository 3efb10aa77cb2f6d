package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainOutputTest {

  private static String plain(String text) {
    var output = new PlainOutput();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
    return output.toString(StandardCharsets.UTF_8);
  }

  @Test
  void coloursAreLeftOut() {
    assertThat(plain("\u001B[1mDESCRIPTION\u001B[22m\n\u001B[m\u001B[38;5;1mred"))
        .isEqualTo("DESCRIPTION\nred");
  }

  @Test
  void whatIsNoColourStays() {
    assertThat(plain("a\u001Bb \u001B[2J [1m ä\u001B[1x"))
        .isEqualTo("a\u001Bb \u001B[2J [1m ä\u001B[1x");
  }

  @Property
  void allElseIsAsItWas(@ForAll byte[] bytes) {
    byte[] without = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      without[i] = bytes[i] == 0x1B ? (byte) 0x78 : bytes[i];
    }
    var output = new PlainOutput();
    output.write(without, 0, without.length);
    assertThat(output.toByteArray()).isEqualTo(without);
  }
}

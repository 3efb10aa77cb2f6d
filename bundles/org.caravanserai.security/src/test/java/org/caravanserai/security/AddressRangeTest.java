package org.caravanserai.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.1.2.3,true",
    "10.0.0.0/8,11.0.0.0,false",
    "192.168.4.0/22,192.168.7.255,true",
    "192.168.4.0/22,192.168.8.0,false",
    "127.0.0.1,127.0.0.1,true",
    "127.0.0.1,127.0.0.2,false",
    "0.0.0.0/0,203.0.113.7,true",
    "0.0.0.0/0,2001:db8::1,false",
    "::/0,2001:db8::1,true",
    "::/0,203.0.113.7,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false",
    "::ffff:10.0.0.0/8,10.1.2.3,true",
    "2001:db8::1,2001:db8:0:0:0:0:0:1,true",
  })
  void hasTheAddressesThatBeginAlike(String range, String address, boolean has) {
    assertThat(AddressRange.parse(range).contains(AddressRange.address(address))).isEqualTo(has);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "10.0.0.256",
        "::/129",
        "localhost",
        "example.com/8",
        "10.0.0.0/8/8",
        ":::",
        "1:2",
        "10.0.0.0/x"
      })
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example.com", "a.b", "1.2.3", "1.2.3.4.5", "0x7f.1", "[::1", "::1%lo"})
  void asksNoNameServer(String text) {
    assertThat(AddressRange.address(text)).isNull();
  }

  @Property
  void everyAddressIsInItsOwnRanges(
      @ForAll @Size(4) byte[] address, @ForAll @IntRange(max = 32) int bits)
      throws UnknownHostException {
    InetAddress whole = InetAddress.getByAddress(address);
    AddressRange range = AddressRange.parse(whole.getHostAddress() + "/" + bits);
    assertThat(range.contains(whole)).isTrue();
    if (bits > 0) {
      byte[] other = address.clone();
      other[(bits - 1) / 8] ^= (byte) (0x80 >>> ((bits - 1) % 8));
      assertThat(range.contains(other)).isFalse();
    }
  }
}

package org.caravanserai.security.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

class ConstantTimeTest {

  @Property
  void saysWhatEqualsSays(
      @ForAll @NotEmpty @StringLength(max = 5) String expected,
      @ForAll @StringLength(max = 5) String before,
      @ForAll @StringLength(max = 5) String presented) {
    assertThat(ConstantTime.same(expected, before + presented, before.length()))
        .isEqualTo(expected.equals(presented));
    assertThat(ConstantTime.same(expected, before + expected, before.length())).isTrue();
    assertThat(ConstantTime.same(expected, expected + presented, 0)).isEqualTo(presented.isEmpty());
  }
}

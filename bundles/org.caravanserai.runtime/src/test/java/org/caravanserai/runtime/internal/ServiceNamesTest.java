package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ServiceNamesTest {

  @Property
  void aNameIsTakenExactlyWhenItIsSpeltAsTheContractSays(@ForAll("names") String name) {
    boolean wellSpelt =
        name.length() <= 200
            && Arrays.stream(name.split("\\.", -1))
                .allMatch(part -> part.matches("[A-Za-z0-9_-]+"));
    assertThat(ServiceNames.fault(name) == null).isEqualTo(wellSpelt);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("aZ0-_.").ofMaxLength(12),
        Arbitraries.strings().withChars("ab").ofMinLength(195).ofMaxLength(205),
        Arbitraries.strings().ofMaxLength(5));
  }
}

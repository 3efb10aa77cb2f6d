package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @Test
  void decodesNamesAndValues() {
    assertThat(Query.parse("a=1&b=x+y&a=2&c&%C3%A4=%E2%82%AC&&=z"))
        .isEqualTo(
            Map.of(
                "a", List.of("1", "2"),
                "b", List.of("x y"),
                "c", List.of(""),
                "ä", List.of("€"),
                "", List.of("z")));
    assertThat(Query.parse(null)).isEmpty();
    assertThat(Query.parse("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%ff", "%C3=1", "a=%C3%28"})
  void refusesWhatIsNotUtf8(String query) {
    assertThatThrownBy(() -> Query.parse(query))
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Property
  void readsBackWhatWasEncoded(@ForAll String name, @ForAll String value) {
    // An unpaired surrogate has no UTF-8 form.
    String cleanName = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String cleanValue = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String query =
        URLEncoder.encode(cleanName, StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(cleanValue, StandardCharsets.UTF_8);

    assertThat(Query.parse(query)).isEqualTo(Map.of(cleanName, List.of(cleanValue)));
  }
}

package org.caravanserai.runtime.internal.binding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.Test;

class FormDocumentTest {

  private static Map<String, List<String>> parse(String form) {
    return FormDocument.parse(form.getBytes(US_ASCII), 10);
  }

  @Test
  void fieldsAreDecodedInTheirOrder() {
    assertThat(parse("b=2&a=1&b=3"))
        .isEqualTo(Map.of("b", List.of("2", "3"), "a", List.of("1")))
        .extracting(Map::keySet)
        .hasToString("[b, a]");
    assertThat(parse("a+b=c%20d%2B&e=%C3%A9"))
        .isEqualTo(Map.of("a b", List.of("c d+"), "e", List.of("é")));
  }

  @Test
  void whatIsHalfThereIsTakenAsItIs() {
    assertThat(parse("")).isEmpty();
    assertThat(parse("&&")).isEmpty();
    assertThat(parse("a")).isEqualTo(Map.of("a", List.of("")));
    assertThat(parse("=b")).isEqualTo(Map.of("", List.of("b")));
    assertThat(parse("a=b=c")).isEqualTo(Map.of("a", List.of("b=c")));
    assertThat(parse("a=%&b=%1&c=%g1&d=%1g"))
        .isEqualTo(
            Map.of(
                "a", List.of("%"), "b", List.of("%1"), "c", List.of("%g1"), "d", List.of("%1g")));
    assertThat(parse("a=%FF")).isEqualTo(Map.of("a", List.of("\ufffd")));
  }

  @Test
  void thereIsALimit() {
    assertThat(parse("a=1&".repeat(10)).get("a")).hasSize(10);
    assertThatThrownBy(() -> parse("a=1&".repeat(11)))
        .isInstanceOf(ServiceException.class)
        .hasMessage("the form has more than 10 fields");
  }

  @Property
  void whatABrowserEncodesIsReadBack(@ForAll("fields") List<String[]> fields) {
    String form =
        fields.stream()
            .map(
                field ->
                    URLEncoder.encode(field[0], UTF_8) + "=" + URLEncoder.encode(field[1], UTF_8))
            .collect(Collectors.joining("&"));
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String[] field : fields) {
      expected.computeIfAbsent(field[0], any -> new ArrayList<>()).add(field[1]);
    }
    assertThat(FormDocument.parse(form.getBytes(US_ASCII), 100)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String[]>> fields() {
    Arbitrary<String> text = Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(8);
    return text.list().ofSize(2).map(pair -> pair.toArray(new String[0])).list().ofMaxSize(6);
  }
}

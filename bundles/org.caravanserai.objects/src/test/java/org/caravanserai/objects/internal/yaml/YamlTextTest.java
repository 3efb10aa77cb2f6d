package org.caravanserai.objects.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTextTest {

  @Test
  void isWrittenInOneWay() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "a: b");
    fields.put("number", 5);
    fields.put("amount", new BigDecimal("1.50"));
    fields.put("large", new BigDecimal("1E+50"));
    fields.put("switch", true);
    fields.put("text", "true");
    fields.put("digits", "007");
    fields.put("reference", "${NAME:-x}");
    fields.put("lines", "one\ntwo\t\n");
    fields.put("empty", "");
    fields.put("none", List.of());
    fields.put("nothing", Map.of());
    fields.put("list", List.of("a", Map.of("b", List.of(1))));
    fields.put("long", "word ".repeat(50).strip());
    fields.put("camel", "🐪ä");

    assertThat(YamlText.kind("k", List.of(fields, Map.of("name", "x"))))
        .isEqualTo(
            """
            k:
              - name: 'a: b'
                number: 5
                amount: 1.50
                large: 1E+50
                switch: true
                text: 'true'
                digits: '007'
                reference: ${NAME:-x}
                lines: "one\\ntwo\\t\\n"
                empty: ''
                none: []
                nothing: {}
                list:
                  - a
                  - b:
                      - 1
                long: %s
                camel: 🐪ä
              - name: x
            """
                .formatted("word ".repeat(50).strip()));
  }
}

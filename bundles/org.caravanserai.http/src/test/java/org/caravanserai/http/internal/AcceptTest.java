package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

  @ParameterizedTest
  @CsvSource({
    "application/json, '', 1000",
    "application/json, '*/*', 1000",
    "application/json, '*', 1000",
    "application/json, 'application/*;q=0.5', 500",
    "application/json, 'Application/JSON', 1000",
    "application/json, 'text/html', 0",
    "application/json, 'application/jso', 0",
    "application/json, 'application/json;q=0, */*', 0",
    "application/json, '*/*, application/json;q=0.001', 1",
    "application/json, 'application/json; charset=utf-8; q=0.25', 250",
    "application/json, 'application/json;q=lots', 1000",
    "application/json, 'application/json;q=9', 1000",
    "application/*, 'application/xml;q=0.3, application/json;q=0.4', 400",
    "application/*, 'text/plain', 0",
    "*/*, 'text/plain;q=0.7', 700",
    "*/*, 'text/plain;q=0', 0",
    "application/json, ',', 0",
  })
  void says(String type, String header, int quality) {
    assertThat(Accept.quality(type, header)).isEqualTo(quality);
  }

  @Property
  void takesAnyHeader(@ForAll String header) {
    assertThatCode(() -> Accept.quality("application/json", header)).doesNotThrowAnyException();
  }
}

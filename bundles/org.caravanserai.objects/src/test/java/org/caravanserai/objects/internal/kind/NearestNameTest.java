package org.caravanserai.objects.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("name", "service", "url_path", "url_pats");

  @ParameterizedTest
  @CsvSource({"servce,service", "nmae,name", "url-path,url_path", "Name,name", "url_pat,url_path"})
  void suggestsTheNearest(String written, String meant) {
    assertThat(NearestName.hint(written, KNOWN)).isEqualTo("; did you mean `" + meant + "`?");
  }

  @Test
  void suggestsNothingFarAway() {
    assertThat(NearestName.hint("cors", KNOWN)).isEmpty();
    assertThat(NearestName.hint("x".repeat(100_000), KNOWN)).isEmpty();
  }

  @Property
  void distanceIsAMetricInItsEnds(
      @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
    assertThat(NearestName.distance(a, a)).isZero();
    assertThat(NearestName.distance(a, b)).isEqualTo(NearestName.distance(b, a));
    assertThat(NearestName.distance(a, b)).isLessThanOrEqualTo(Math.max(a.length(), b.length()));
  }
}

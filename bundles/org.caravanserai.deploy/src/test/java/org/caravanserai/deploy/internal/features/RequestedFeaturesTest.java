package org.caravanserai.deploy.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestedFeaturesTest {

  private static final RequestedFeatures SOME =
      RequestedFeatures.of(
          Stream.of("mvn:b/b/1/xml/features", "file:/a.xml"),
          Map.of("root", Set.of("feature:rates/[1.0.0,1.0.0]", "feature:any/[0,1)")));

  @Test
  void isReadAsItIsWritten() {
    assertThat(SOME.lines())
        .containsExactly(
            "repository file:/a.xml",
            "repository mvn:b/b/1/xml/features",
            "require root feature:any/[0,1)",
            "require root feature:rates/[1.0.0,1.0.0]");
    assertThat(RequestedFeatures.read(SOME.lines().toList())).isEqualTo(SOME);
    assertThat(RequestedFeatures.read(List.of("# a comment", "", "nonsense")))
        .isEqualTo(RequestedFeatures.NONE);
  }

  @Test
  void knowsRegionsAndFeatures() {
    assertThat(SOME.byRegion())
        .isEqualTo(Map.of("root", Set.of("feature:rates/[1.0.0,1.0.0]", "feature:any/[0,1)")));
    assertThat(SOME.features()).containsExactly("any/[0,1)", "rates/1.0.0");
  }

  @Test
  void addsAndTakesAway() {
    RequestedFeatures other = RequestedFeatures.read(List.of("repository file:/a.xml"));
    assertThat(SOME.minus(other).repositories()).containsExactly("mvn:b/b/1/xml/features");
    assertThat(SOME.minus(other).plus(other)).isEqualTo(SOME);
    assertThat(SOME.minus(SOME)).isEqualTo(RequestedFeatures.NONE);
  }
}

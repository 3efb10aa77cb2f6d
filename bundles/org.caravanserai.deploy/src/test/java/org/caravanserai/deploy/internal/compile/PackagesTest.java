package org.caravanserai.deploy.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackagesTest {

  private static final ExportedPackage WITHDRAWN = of("2.0.0", "a", false);
  private static final ExportedPackage SECOND = of("1.0.0", "b", true);
  private static final ExportedPackage FIRST = of("1.0.0", "c", true);

  private final Packages packages = new Packages(List.of(WITHDRAWN, SECOND, FIRST));

  @Test
  void givesSourcesTheFirstThatIsOffered() {
    assertThat(packages.find("lib.a")).contains(SECOND);
    assertThat(packages.find("lib.b")).isEmpty();
    assertThat(new Packages(List.of(WITHDRAWN)).find("lib.a")).isEmpty();
  }

  @Test
  void givesWhatIsPinnedThatOneOnly() {
    assertThat(packages.find("lib.a", FIRST.pin())).contains(FIRST);
    assertThat(packages.find("lib.a", WITHDRAWN.pin())).contains(WITHDRAWN);
    assertThat(packages.find("lib.a", PackagePin.of("1.0.0"))).isEmpty();
    assertThat(packages.find("lib.a", new PackagePin("1.0.0", Optional.of("a")))).isEmpty();
  }

  @Test
  void hasThePrefixesOfWhatIsOffered() {
    assertThat(packages.isPrefix("lib")).isTrue();
    assertThat(new Packages(List.of(WITHDRAWN)).isPrefix("lib")).isFalse();
  }

  private static ExportedPackage of(String version, String library, boolean offered) {
    return new ExportedPackage(
        "lib.a",
        new PackagePin(version, Optional.of(library)),
        offered,
        PackagesTest.class.getClassLoader(),
        Map::of);
  }
}

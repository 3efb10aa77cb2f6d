package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeploymentNameTest {

  @Test
  void takesNamesThatAreNamesOfBundlesAndFiles() {
    assertThat(new String[] {"a", "Hello", "com.acme.hello-world_2", "x".repeat(100)})
        .allMatch(DeploymentName::isValid);
    assertThat(new String[] {"", ".", "a..b", "a/b", ".a", "a.", "x".repeat(101), "a\n"})
        .noneMatch(DeploymentName::isValid);
    assertThat(IntStream.range(0, 0x3000).filter(c -> DeploymentName.isValid("a" + (char) c + "b")))
        .hasSize(26 + 26 + 10 + 3);
  }
}

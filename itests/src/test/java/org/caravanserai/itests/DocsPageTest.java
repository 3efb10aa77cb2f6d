package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read out of a page. */
class DocsPageTest {

  private static final String PAGE =
      """
      # Title
      Text with `code`.
      ```yaml a.camel.yaml
      - x: 1  # a remark of the file
      ```
      ```sh
      curl localhost:8181/a   # Hello
      cp a b

      one \\
        two
      ```
      ```java
      class Shown {}
      ```
      ```karaf
      bundle:list -t 0
      ```
      """;

  @Test
  void filesAndLinesAreSteps() {
    assertThat(DocsPage.read(PAGE).steps())
        .containsExactly(
            new DocsPage.Saved("a.camel.yaml", "- x: 1  # a remark of the file\n"),
            new DocsPage.Typed("sh", "curl localhost:8181/a", "Hello"),
            new DocsPage.Typed("sh", "cp a b", ""),
            new DocsPage.Typed("sh", "one    two", ""),
            new DocsPage.Typed("karaf", "bundle:list -t 0", ""));
  }

  @Test
  void portsAreReplacedInLines() {
    assertThat(DocsPage.read(PAGE).replacing(Map.of("8181", "9")).steps())
        .contains(new DocsPage.Typed("sh", "curl localhost:9/a", "Hello"));
  }
}

package org.caravanserai.runtime.internal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommentReaderTest {

  private static final int LENGTH = 10_000;

  private static Doc read(String comment) {
    return CommentReader.read(Map.of("it", comment), LENGTH).getOrDefault("it", Doc.NONE);
  }

  @Test
  void theFirstSentenceIsTheSummary() {
    Doc doc =
        read(
            """
            /**
               * Greets one
               * person. Politely, and
               * always.
               *
               * @param name who is
               *     greeted
               * @param <T> is no component
               * @param empty
               * @since 1.0
               */\
            """);

    assertThat(doc.summary()).isEqualTo("Greets one person.");
    assertThat(doc.text()).isEqualTo("Greets one\nperson. Politely, and\nalways.");
    assertThat(doc.parameters()).containsExactly(Map.entry("name", "who is\n    greeted"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {@code a < b} and {@literal a < b} | `a < b` and a < b
          {@code a `quote`}                  | `` a `quote` ``
          {@link java.util.List#of} {@linkplain String a text} | `java.util.List.of` a text
          {@value #MOST} {@systemProperty user.dir} {@unknown what} | `MOST` `user.dir` what
          <b>bold</b> <em>so</em> <code>x</code> <span class="a">plain</span> | **bold** *so* `x` plain
          one<p>two<br>three                 | one~~two~three
          <ul> <li>one <li>two</ul> after    | - one~- two~~ after
          <pre>{@code~ if (x) {~   y();~ }~}</pre>  | ```~ if (x) {~   y();~ }~```
          a &lt;script&gt; &amp; &eacute;    | a \\<script> & é
          <script>alert(1)</script>          | alert(1)
          <img src=x onerror=alert(1)>       | \"\"
          {@literal <img src=x>}             | \\<img src=x>
          <a href="https://acme.com/a">here</a> | [here](https://acme.com/a)
          <a href="javascript:alert(1)">here</a> | here
          <!-- <script> --> a               | a
          - *already* Markdown              | - *already* Markdown
          {@code never closed               | {@code never closed
          a < b > c & d                     | a < b > c & d
          <b>never closed                   | **never closed
          caf\\u00e9 \\u007b@code x}         | café `x`
          """)
  void becomesMarkdown(String comment, String expected) {
    assertThat(read("/** " + comment.replace('~', '\n') + " */").text())
        .isEqualTo(expected.replace('~', '\n'));
  }

  @Test
  void nothingIsSaidInAnEmptyComment() {
    assertThat(read("/***/")).isEqualTo(Doc.NONE);
    assertThat(read("/** */")).isEqualTo(Doc.NONE);
    assertThat(read("/** @param */")).isEqualTo(Doc.NONE);
  }

  @Test
  void whatIsNoCommentSaysNothingAndSpoilsNoOther() {
    Map<String, Doc> docs =
        CommentReader.read(
            Map.of("a", "\\uZZZZ", "b", "/** never ends", "c", "", "d", "/** Fine. */"), LENGTH);

    assertThat(docs.get("d")).isEqualTo(new Doc("Fine.", "Fine.", Map.of()));
    assertThat(docs).doesNotContainKeys("a", "b", "c");
  }

  @Test
  void aLongCommentIsCutBetweenWords() {
    String comment = "/** " + "word ".repeat(100_000) + "*/";

    assertThat(CommentReader.read(Map.of("it", comment), 22).get("it").text())
        .isEqualTo("word word word …");
    assertThat(read(comment).text()).hasSizeBetween(LENGTH - 20, LENGTH).endsWith(" …");
    assertThat(read("/**" + "x".repeat(2 * LENGTH) + "*/").text()).hasSize(LENGTH - 1);
    assertThat(CommentReader.read(Map.of("it", comment), -1).get("it").text()).isEqualTo("…");
  }

  @Test
  void isNestedAsDeeplyAsFitsIn() {
    String comment = "/** " + "{@link A ".repeat(LENGTH / 9 - 10) + "*/";

    assertThat(read(comment).text()).contains("{@link A");
  }
}

package org.caravanserai.deploy.internal.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.caravanserai.deploy.CodeAssist.Completions;
import org.caravanserai.deploy.CodeAssist.Hover;
import org.caravanserai.deploy.CodeAssist.Item;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.files.EditedFiles;
import org.caravanserai.deploy.internal.watch.FolderWatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaAssistTest {

  private static final String SERVICE =
      """
      package com.acme;
      import org.caravanserai.api.*;
      import java.util.List;
      /** Adds. */
      public class Sums implements Service<Sums.Question, Integer> {
        public record Question(int first, List<String> words) {}
        private final java.util.Map<String, Question> kept = new java.util.HashMap<>();
        private String title = "x";
        @Override public Integer handle(Question input, Context context) {
          int number = 3;
          %s
          int later = 4;
          return number;
        }
        /** Makes it twice as much. */
        private int twice(int amount) { return 2 * amount; }
        %s
      }
      """;

  @TempDir static Path data;
  private static TestServer server;
  private static FolderWatch watch;
  private static JavaAssist assist;

  @BeforeAll
  static void start() {
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    watch =
        new FolderWatch(
            List.of(data.resolve("deploy")),
            new FolderWatch.Times(
                Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(2)),
            100_000,
            server.engine());
    watch.start();
    assist =
        new JavaAssist(
            server.compiler(), new EditedFiles(server.engine(), watch, server.compiler()));
    await().until(() -> server.engine().restored() && watch.settled());
  }

  @AfterAll
  static void stop() {
    watch.close();
    server.close();
  }

  private static Completions complete(String text) throws Exception {
    int offset = text.indexOf('|');
    return assist.complete(
        "deploy/Sums.java", text.substring(0, offset) + text.substring(offset + 1), offset);
  }

  private static List<String> labels(String text) throws Exception {
    return complete(text).items().stream().map(Item::label).toList();
  }

  private static List<String> inBody(String statement) throws Exception {
    return labels(SERVICE.formatted(statement, ""));
  }

  private static List<String> asMember(String member) throws Exception {
    return labels(SERVICE.formatted("", member));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '#',
      textBlock =
          """
          context.| => cid()
          context.lo| => log()
          context.|log() => cid()
          input.| => words()
          input.words().| => size()
          input.words().get(0).| => trim()
          String s = input.words().get(0).tr| => trim()
          "text".| => length()
          title.| => trim()
          this.| => twice(int amount)
          this.ti| => title
          kept.get("x").| => first()
          new StringBuilder().app| => append(char
          String.| => valueOf(Object
          java.util.List.| => of()
          java.| => util
          java.util.Lis| => List
          java.time.| => Instant
          input.words().forEach(each -> each.| => trim()
          input.words().forEach(each -> { each.| => trim()
          input.words().stream().map(w -> w.|).toList() => trim()
          if (input.| => first()
          if (number > 2) { context.| => cid()
          for (String word : input.words()) { word.| => trim()
          Runnable r = new Runnable() { public void run() { context.| => cid()
          int[] all = {1}; all.| => length
          nu| => number
          inp| => input
          int x = twice(num| => number
          tw| => twice(int amount)
          ret| => return
          Quest| => Question
          new Arra| => ArrayList
          Linked| => LinkedHashMap
          Instan| => Instant
          try { context.| } catch (Exception e) { throw e; } => cid()
          return input.| => first()
          """)
  void knowsWhatMayStandInABody(String statement, String expected) throws Exception {
    assertThat(inBody(statement))
        .as(statement)
        .anyMatch(label -> label.equals(expected) || label.startsWith(expected + " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '#',
      textBlock =
          """
          private Str| => String
          private java.util.Map.En| => Entry
          private java.util.| => List
          priv| => private
          @Overr| => Override
          private int more = tw| => twice(int amount)
          private String more = title.| => trim()
          void more(Cont| => Context
          void more() { title.| => trim()
          void more() throws IOExc| => IOException
          """)
  void knowsWhatMayStandAmongMembers(String member, String expected) throws Exception {
    assertThat(asMember(member)).as(member).contains(expected);
  }

  @Test
  void knowsOnlyWhatIsInScope() throws Exception {
    assertThat(inBody("la|")).doesNotContain("later");
    assertThat(inBody("{ int inner = 1; } inn|")).doesNotContain("inner");
    assertThat(inBody("input.|")).doesNotContain("title", "valueOf(Object)");
    assertThat(inBody("String.|")).doesNotContain("trim()");
    assertThat(inBody("context.|")).doesNotContain(Caret.MARK + "()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          import | => java
          import java.| => util
          import java.util.| => List
          import java.util.Linked| => LinkedList
          import static java.util.| => List
          import org.| => caravanserai
          import org.caravanserai.api.Cont| => Context
          """)
  void knowsWhatCanBeImported(String line, String expected) throws Exception {
    assertThat(labels(line + "\nclass A {}\n")).as(line).contains(expected);
  }

  @Test
  void saysWhatMustBeImported() throws Exception {
    Completions found = complete(SERVICE.formatted("new LinkedHashM|", ""));
    Item item =
        found.items().stream()
            .filter(each -> each.label().equals("LinkedHashMap"))
            .findFirst()
            .orElseThrow();
    assertThat(item.importName()).contains("java.util.LinkedHashMap");
    assertThat(item.kind()).isEqualTo("class");
    assertThat(complete(SERVICE.formatted("Lis|", "")).items())
        .filteredOn(each -> each.label().equals("List") && each.detail().equals("java.util"))
        .allSatisfy(each -> assertThat(each.importName()).isEmpty());
  }

  @Test
  void replacesWhatIsWritten() throws Exception {
    String text = SERVICE.formatted("context.ci|", "");
    Completions found = complete(text);
    assertThat(text.substring(found.from(), found.to())).isEqualTo("ci");
    assertThat(found.items().get(0).insert()).isEqualTo("cid()");
    assertThat(found.items().get(0).detail()).isEqualTo("String - Context");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// context.|",
        "/* context.| */",
        "String s = \"context.|\";",
        "String s = \"context.|",
        "int x = 1.|",
        "char c = '|';",
      })
  void saysNothingInTextsAndComments(String statement) throws Exception {
    assertThat(inBody(statement)).as(statement).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|", "}|", "{{{{|", "((((|", "class|", "class A { void b() { c(|", "import|",
        "package x.|", "class A extends |", "\"|", "a.b.c.|", "class A { int x = (|", ".|", "@|",
        "class A { A() { this.| }", "enum E { A, |", "record R(|", "x -> |", "'|", "/*|", "1.|",
      })
  void toleratesAnything(String text) throws Exception {
    assertThat(complete(text).items()).isNotNull();
  }

  @Test
  void seesTheOtherSourcesOfAFolder() throws Exception {
    Path src = Files.createDirectories(data.resolve("deploy/orders/src"));
    Files.writeString(
        src.resolve("Prices.java"), "class Prices { static int of(String a) { return 7; } }");
    String text = "class A { void b() { Prices.| } }";
    int offset = text.indexOf('|');
    assertThat(assist.complete("deploy/orders/src/A.java", text.replace("|", ""), offset).items())
        .extracting(Item::label)
        .contains("of(String a)");
  }

  private static Hover hover(String marked) throws Exception {
    int offset = marked.indexOf('|');
    String text = marked.replace("|", "");
    return assist.hover("deploy/Sums.java", text, offset).orElseThrow();
  }

  @Test
  void saysWhatStandsThere() throws Exception {
    Hover method = hover(SERVICE.formatted("context.c|id();", ""));
    assertThat(method.signature()).isEqualTo("String Context.cid()");
    Hover own = hover(SERVICE.formatted("tw|ice(2);", ""));
    assertThat(own.signature()).isEqualTo("int Sums.twice(int amount)");
    assertThat(own.documentation()).contains("Makes it twice as much.");
    assertThat(hover(SERVICE.formatted("int x = num|ber;", "")).signature())
        .isEqualTo("int number");
    assertThat(hover(SERVICE.formatted("Quest|ion q = null;", "")).signature())
        .startsWith("record com.acme.Sums.Question");
    assertThat(hover(SERVICE.formatted("String s = ti|tle;", "")).signature())
        .isEqualTo("String Sums.title");
    assertThat(hover(SERVICE.formatted("int x = ; context.c|id();", "")).signature())
        .isEqualTo("String Context.cid()");
    assertThat(
            hover(SERVICE.replace("class Sums", "class Su|ms").formatted("", "")).documentation())
        .contains("Adds.");
    assertThat(assist.hover("deploy/Sums.java", "class A {}", 0)).isEmpty();
  }

  @Test
  void isForSourcesInWatchedFolders() {
    assertThatThrownBy(() -> assist.complete("elsewhere/A.java", "class A {}", 0))
        .isInstanceOf(FileRefusedException.class);
    assertThatThrownBy(() -> assist.hover("deploy/../A.java", "class A {}", 6))
        .isInstanceOf(FileRefusedException.class);
  }
}

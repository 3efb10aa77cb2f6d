package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  private static final String LONG = "a reason that is far too long for a line of a terminal";

  /** A session whose terminal is that wide; 0 for none. */
  static Session session(int width, PrintStream out) {
    Terminal terminal =
        (Terminal)
            Proxy.newProxyInstance(
                TableTest.class.getClassLoader(),
                new Class<?>[] {Terminal.class},
                (proxy, method, arguments) -> method.getName().equals("getWidth") ? width : null);
    return (Session)
        Proxy.newProxyInstance(
            TableTest.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getTerminal" -> width == 0 ? null : terminal;
                  case "getConsole" -> out;
                  default -> null;
                });
  }

  private static List<String> lines(Table table, int width) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      table.print(session(width, out));
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replaceAll("\u001B\\[[0-9;]*m", "")
        .lines()
        .map(String::stripTrailing)
        .toList();
  }

  private static Table table() {
    return new Table("Name", "Calls", "Reason").row("orders", 5, LONG).row("b", 12345, "");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 60})
  void longCellsAreCutSoThatLinesFit(int width) {
    List<String> lines = lines(table(), width);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("orders").contains("…"));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("12345"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200})
  void nothingIsCutWithoutATerminalOrInAWideOne(int width) {
    assertThat(lines(table(), width)).anySatisfy(line -> assertThat(line).endsWith(LONG));
  }

  @Test
  void numbersStandRight() {
    assertThat(lines(table(), 0)).anySatisfy(line -> assertThat(line).contains("|     5 |"));
  }

  @Test
  void aTerminalThatIsTooNarrowGetsWhatCannotBeCut() {
    int[] widths = table().widths(5);
    assertThat(IntStream.of(widths).sum()).isEqualTo("Name".length() + 5 + "Reason".length());
  }

  @Test
  void theFirstColumnGivesWayLast() {
    assertThat(lines(table(), 30)).anySatisfy(line -> assertThat(line).contains("orders"));
    assertThat(new Table("Name", "File").row(LONG, LONG).widths(LONG.length() + 10))
        .containsExactly(LONG.length(), 7);
    assertThat(new Table("Name", "File").row(LONG, LONG).widths(37)).containsExactly(30, 4);
  }

  @Test
  void aCellIsOneLine() {
    assertThat(lines(new Table("A").row("one\ntwo"), 0)).contains("one two");
  }

  @Test
  void anEmptyTableSaysSo() {
    assertThat(lines(new Table("A", "B").whenEmpty("There is nothing"), 80))
        .contains("There is nothing");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 59_999, 60_000, 3_600_000, 90_061_000})
  void aSpanHasItsTwoLargestUnits(long millis) {
    assertThat(Span.of(millis)).isIn("0s", "59s", "1m 0s", "1h 0m", "1d 1h");
  }
}

package org.caravanserai.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows as cells of text: quantity, target, reached, peers. */
final class Table {

  private static final List<String> HEAD =
      List.of("quantity", "target", "reached", "peers, ratios");

  private final List<List<String>> lines;

  Table(List<Row> rows) {
    lines = Stream.concat(Stream.of(HEAD), rows.stream().map(Table::cells)).toList();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.part() + ": " + row.quantity(),
        target(row.target(), row.unit()),
        reached(row),
        row.remark());
  }

  private static String target(@Nullable Target target, String unit) {
    return target == null ? "" : target.comparison() + " " + Figures.text(target.limit(), unit);
  }

  private static String reached(Row row) {
    Double figure = row.reached();
    if (figure == null) {
      return "-";
    }
    Target target = row.target();
    String verdict = target == null || target.isMetBy(figure) ? "" : " (missed)";
    return Figures.text(figure, row.unit()) + verdict;
  }

  /** For a terminal, in columns. */
  String plain() {
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(column -> lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0))
            .toArray();
    var text = new StringBuilder();
    for (List<String> line : lines) {
      var row = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = line.get(column);
        row.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** As a table of Markdown. */
  String markdown() {
    var text = new StringBuilder();
    for (List<String> line : lines) {
      text.append("| ").append(String.join(" | ", line)).append(" |\n");
      if (line == HEAD) {
        text.append("|---|---|---|---|\n");
      }
    }
    return text.toString();
  }
}

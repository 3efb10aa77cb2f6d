package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * A table that fits into the terminal: where it does not, the widest columns give way, the first
 * one last, and their cells are cut. Columns of numbers stand right and are whole. Without a
 * terminal nothing is cut.
 */
final class Table {

  private static final String ELLIPSIS = "…";
  private static final int SEPARATOR = 3;
  private static final int NARROWEST = 4;

  private final String[] columns;
  private final List<Object[]> rows = new ArrayList<>();
  private String empty = "";

  /** A table without rows. */
  Table(String... columns) {
    this.columns = columns;
  }

  /** The same, with a row; a cell for each column. */
  Table row(Object... cells) {
    rows.add(cells);
    return this;
  }

  /** The same, with what is said when there is no row. */
  Table whenEmpty(String words) {
    empty = words;
    return this;
  }

  /** Prints it. */
  void print(Session session) {
    Terminal terminal = session.getTerminal();
    ShellTable table = new ShellTable().emptyTableText(empty);
    for (int i = 0; i < columns.length; i++) {
      Col column = table.column(columns[i]);
      if (isNumeric(i)) {
        column.alignRight();
      }
    }
    int[] widths = widths(terminal == null ? 0 : terminal.getWidth());
    for (Object[] row : rows) {
      Object[] cells = new Object[row.length];
      Arrays.setAll(cells, i -> cut(text(row[i]), widths[i]));
      table.addRow().addContent(cells);
    }
    table.print(session.getConsole());
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row[column] instanceof Number);
  }

  /**
   * How wide each column may be.
   *
   * @param terminal how many characters a line has; 0 if that is not known
   */
  int[] widths(int terminal) {
    int[] widths =
        IntStream.range(0, columns.length)
            .map(
                i ->
                    rows.stream()
                        .mapToInt(row -> text(row[i]).length())
                        .reduce(columns[i].length(), Math::max))
            .toArray();
    int room = terminal - SEPARATOR * (columns.length - 1);
    int widest = widest(widths);
    while (terminal > 0 && widest >= 0 && IntStream.of(widths).sum() > room) {
      widths[widest]--;
      widest = widest(widths);
    }
    return widths;
  }

  /** The column that gives way: the first, by which people name things, last; numbers never. */
  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 1; i < widths.length; i++) {
      if (gives(i, widths) && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest < 0 && gives(0, widths) ? 0 : widest;
  }

  private boolean gives(int column, int[] widths) {
    return widths[column] > Math.max(NARROWEST, columns[column].length()) && !isNumeric(column);
  }

  /** A cell is one line. */
  private static String text(Object cell) {
    return String.valueOf(cell).replace('\n', ' ').replace("\r", "");
  }

  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + ELLIPSIS;
  }
}

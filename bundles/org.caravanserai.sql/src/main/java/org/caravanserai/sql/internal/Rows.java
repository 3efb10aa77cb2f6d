package org.caravanserai.sql.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of one result into something.
 *
 * @param <T> what a row becomes
 */
@FunctionalInterface
interface Rows<T> {

  /** What the current row becomes. */
  @Nullable T row(ResultSet rows) throws SQLException;

  /**
   * How rows of a result become a type.
   *
   * @param caller knows the types of what is held as JSON
   * @throws IllegalArgumentException if they can't
   */
  static <T> Rows<T> as(Class<T> type, ResultSet result, Caller caller) throws SQLException {
    Columns columns = new Columns(result.getMetaData());
    if (type == Map.class || type == Object.class) {
      return rows -> type.cast(columns.map(rows));
    }
    if (type.isRecord()) {
      return RowRecord.of(type).rows(columns, caller);
    }
    return rows -> Values.as(type, columns.value(rows, 0), "column 1", caller);
  }
}

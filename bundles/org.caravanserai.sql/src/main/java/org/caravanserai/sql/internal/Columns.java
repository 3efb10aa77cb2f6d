package org.caravanserai.sql.internal;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a result, and how their values are read. */
final class Columns {

  /** How a value is read. */
  private enum Form {
    PLAIN,
    DATE,
    TIME,
    TIMESTAMP,
    ZONED
  }

  private final List<String> names = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();

  /** The columns of a result. */
  Columns(ResultSetMetaData metadata) throws SQLException {
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      names.add(name(metadata.getColumnLabel(i)));
      forms.add(form(metadata.getColumnType(i), metadata.getColumnTypeName(i)));
    }
  }

  private static String name(String label) {
    String upper = label.toUpperCase(Locale.ROOT);
    return label.equals(upper) ? label.toLowerCase(Locale.ROOT) : label;
  }

  private static Form form(int type, String typeName) {
    return switch (type) {
      case Types.DATE -> Form.DATE;
      case Types.TIME -> typeName.equals("timetz") ? Form.PLAIN : Form.TIME;
      case Types.TIMESTAMP -> typeName.equals("timestamptz") ? Form.ZONED : Form.TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Form.ZONED;
      default -> Form.PLAIN;
    };
  }

  /** Their names, in their order. */
  List<String> names() {
    return names;
  }

  /** The value of a column of the current row, from 0. */
  @Nullable Object value(ResultSet rows, int column) throws SQLException {
    return switch (forms.get(column)) {
      case DATE -> rows.getObject(column + 1, LocalDate.class);
      case TIME -> rows.getObject(column + 1, LocalTime.class);
      case TIMESTAMP -> rows.getObject(column + 1, LocalDateTime.class);
      case ZONED -> rows.getObject(column + 1, OffsetDateTime.class);
      case PLAIN -> plain(rows.getObject(column + 1));
    };
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE));
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) Math.min(blob.length(), Integer.MAX_VALUE));
    }
    if (value instanceof SQLXML xml) {
      return xml.getString();
    }
    if (value instanceof Array array && array.getArray() instanceof Object[] items) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object item : items) {
        list.add(plain(item));
      }
      return list;
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate();
    }
    // The types of PostgreSQL that JDBC has no class for: json, inet, interval ...
    return value != null && value.getClass().getName().startsWith("org.postgresql.")
        ? value.toString()
        : value;
  }

  /** The current row as a map. */
  Map<String, @Nullable Object> map(ResultSet rows) throws SQLException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), value(rows, i));
    }
    return row;
  }
}

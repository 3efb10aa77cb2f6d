package org.caravanserai.sql.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement as JDBC wants it, and the values of its question marks.
 *
 * @param statement the statement
 * @param values the values, in their order
 */
record Params(String statement, List<@Nullable Object> values) {

  /**
   * Takes what a service gives: values in their order, or one map or record of named ones.
   *
   * @throws IllegalArgumentException if a named one is missing
   */
  static Params of(String statement, @Nullable Object[] given) {
    if (given.length == 1 && (given[0] instanceof Map<?, ?> || given[0] instanceof Record)) {
      return named(NamedStatement.parse(statement), given[0]);
    }
    return new Params(statement, Arrays.asList(given));
  }

  /**
   * One set of a batch.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Params row(String statement, @Nullable Object row) {
    if (row instanceof Object[] array) {
      return of(statement, array);
    }
    if (row instanceof Collection<?> values) {
      return new Params(statement, new ArrayList<>(values));
    }
    return of(statement, new Object[] {row});
  }

  private static Params named(NamedStatement statement, Object given) {
    Map<?, ?> values = given instanceof Map<?, ?> map ? map : members((Record) given);
    List<@Nullable Object> params = new ArrayList<>();
    String text =
        statement.bind(
            name -> {
              if (!values.containsKey(name)) {
                throw new IllegalArgumentException("no value for :" + name);
              }
              return values.get(name);
            },
            params);
    return new Params(text, params);
  }

  private static Map<String, @Nullable Object> members(Record given) {
    Map<String, @Nullable Object> members = new HashMap<>();
    for (RecordComponent component : given.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        members.put(component.getName(), component.getAccessor().invoke(given));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalArgumentException("no value for :" + component.getName(), e);
      }
    }
    return members;
  }

  /** Sets the values. */
  void bind(PreparedStatement prepared) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = plain(values.get(i));
      if (value == null) {
        prepared.setObject(i + 1, null);
      } else if (value instanceof byte[] bytes) {
        prepared.setBytes(i + 1, bytes);
      } else {
        prepared.setObject(i + 1, value);
      }
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElse(null));
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.toOffsetDateTime();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    if (value instanceof Character || value instanceof StringBuilder) {
      return value.toString();
    }
    if (value instanceof Map<?, ?> || value instanceof Collection<?> || value instanceof Record) {
      throw new IllegalArgumentException(
          "a map, record or collection is no value; a collection may stand for `in (:name)`");
    }
    return value;
  }
}

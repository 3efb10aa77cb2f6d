package org.caravanserai.sql.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * How a row becomes a record.
 *
 * <p>What is known of a class is held by the class itself and goes with it.
 */
final class RowRecord {

  private static final ClassValue<RowRecord> KNOWN =
      new ClassValue<>() {
        @Override
        protected RowRecord computeValue(Class<?> type) {
          return new RowRecord(type);
        }
      };

  private final RecordComponent[] components;
  private final Constructor<?> constructor;

  private RowRecord(Class<?> type) {
    components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
    }
  }

  static RowRecord of(Class<?> type) {
    return KNOWN.get(type);
  }

  /**
   * How rows with these columns become the record.
   *
   * @throws IllegalArgumentException if there is no column for a component
   */
  @SuppressWarnings("unchecked") // the constructor makes what the class says
  <T> Rows<T> rows(Columns columns, Caller caller) {
    int[] places = new int[components.length];
    List<String> names = columns.names().stream().map(RowRecord::bare).toList();
    for (int i = 0; i < places.length; i++) {
      places[i] = names.indexOf(bare(components[i].getName()));
      if (places[i] < 0 && components[i].getType() != Optional.class) {
        throw new IllegalArgumentException(
            "no column for component %s of %s; there are %s"
                .formatted(
                    components[i].getName(),
                    constructor.getDeclaringClass().getName(),
                    columns.names()));
      }
    }
    return rows -> (T) make(rows, columns, places, caller);
  }

  private static String bare(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private Object make(ResultSet rows, Columns columns, int[] places, Caller caller)
      throws SQLException {
    Object[] values = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      Object value = places[i] < 0 ? null : columns.value(rows, places[i]);
      values[i] = member(components[i], value, caller);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          constructor.getDeclaringClass().getName() + " refuses a row", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static @Nullable Object member(
      RecordComponent component, @Nullable Object value, Caller caller) {
    Class<?> type = component.getType();
    if (type == Optional.class) {
      return Optional.ofNullable(Values.as(inner(component), value, component.getName(), caller));
    }
    if (value == null && type.isPrimitive()) {
      throw new IllegalArgumentException(
          "component " + component.getName() + " can't be null, and its column is");
    }
    return Values.as(type, value, component.getName(), caller);
  }

  private static Class<?> inner(RecordComponent component) {
    Type type = component.getGenericType();
    return type instanceof ParameterizedType generic
            && generic.getActualTypeArguments()[0] instanceof Class<?> argument
        ? argument
        : Object.class;
  }
}

package org.caravanserai.objects.internal.kind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What a field holds. */
sealed interface FieldType {

  /** What a value is, in words. */
  String expected();

  /**
   * One value, written in one piece.
   *
   * @param type how it is spelled
   */
  record Scalar(ValueType type) implements FieldType {
    @Override
    public String expected() {
      return type.expected();
    }
  }

  /**
   * A list.
   *
   * @param item what each of its items is; no list
   */
  record Items(FieldType item) implements FieldType {
    @Override
    public String expected() {
      return "a list, each item " + item.expected();
    }
  }

  /**
   * A mapping from texts.
   *
   * @param value how each value is spelled
   */
  record Entries(ValueType value) implements FieldType {
    @Override
    public String expected() {
      return "a mapping, each value " + value.expected();
    }
  }

  /**
   * A record of its own.
   *
   * @param shape its fields
   */
  record Nested(RecordShape<?> shape) implements FieldType {
    @Override
    public String expected() {
      return "a mapping";
    }
  }

  /** Any value: a text, a number, a list, a mapping. */
  record Tree() implements FieldType {
    @Override
    public String expected() {
      return "any value";
    }
  }

  /**
   * What a Java type holds.
   *
   * @throws IllegalArgumentException if fields can't be of it; the message says why
   */
  static FieldType of(Type declared) {
    if (declared instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        FieldType item = of(arguments[0]);
        if (!(item instanceof Items)) {
          return new Items(item);
        }
      } else if (generic.getRawType() == Map.class
          && arguments[0] == String.class
          && of(arguments[1]) instanceof Scalar scalar) {
        return new Entries(scalar.type());
      }
    } else if (declared instanceof Class<?> plain) {
      if (plain == Object.class) {
        return new Tree();
      }
      if (plain.isRecord()) {
        return new Nested(RecordShape.ofNested(plain.asSubclass(Record.class)));
      }
      var scalar = ValueTypes.of(plain);
      if (scalar.isPresent()) {
        return new Scalar(scalar.get());
      }
    }
    throw new IllegalArgumentException("fields can't be of type " + declared);
  }
}

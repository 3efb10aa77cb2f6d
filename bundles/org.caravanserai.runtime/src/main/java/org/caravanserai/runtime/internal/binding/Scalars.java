package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The readers of text, numbers, booleans and bytes, by class. */
final class Scalars {

  private Scalars() {}

  static Map<Class<?>, JsonDeserializer<?>> readers(int numberLength) {
    WholeNumber ints = whole(Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE);
    WholeNumber longs = whole(Long.class, Long.MIN_VALUE, Long.MAX_VALUE);
    DecimalNumber<Double> doubles =
        new DecimalNumber<>(
            Double.class, JsonParser::getDoubleValue, BigDecimal::doubleValue, numberLength);
    Map<Class<?>, JsonDeserializer<?>> readers = new HashMap<>();
    both(readers, byte.class, Byte.class, whole(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE));
    both(readers, short.class, Short.class, whole(Short.class, Short.MIN_VALUE, Short.MAX_VALUE));
    both(readers, int.class, Integer.class, ints);
    both(readers, long.class, Long.class, longs);
    both(
        readers,
        float.class,
        Float.class,
        new DecimalNumber<>(
            Float.class, JsonParser::getFloatValue, BigDecimal::floatValue, numberLength));
    both(readers, double.class, Double.class, doubles);
    both(readers, boolean.class, Boolean.class, new TrueOrFalse(Boolean.class));
    both(readers, char.class, Character.class, new SingleCharacter(Character.class));
    readers.put(BigInteger.class, new BigWholeNumber(numberLength));
    readers.put(
        BigDecimal.class,
        new DecimalNumber<>(
            BigDecimal.class, JsonParser::getDecimalValue, exact -> exact, numberLength));
    readers.put(
        Number.class,
        new DecimalNumber<Number>(Number.class, Scalars::anyNumber, exact -> exact, numberLength));
    readers.put(String.class, new Text());
    readers.put(CharSequence.class, new Text());
    readers.put(byte[].class, new Base64Text());
    readers.put(
        OptionalInt.class,
        new OptionalNumber<>(OptionalInt.empty(), ints, n -> OptionalInt.of((Integer) n)));
    readers.put(
        OptionalLong.class,
        new OptionalNumber<>(OptionalLong.empty(), longs, n -> OptionalLong.of((Long) n)));
    readers.put(
        OptionalDouble.class,
        new OptionalNumber<>(OptionalDouble.empty(), doubles, OptionalDouble::of));
    return Map.copyOf(readers);
  }

  private static void both(
      Map<Class<?>, JsonDeserializer<?>> readers,
      Class<?> primitive,
      Class<?> box,
      JsonDeserializer<?> reader) {
    readers.put(primitive, reader);
    readers.put(box, reader);
  }

  private static WholeNumber whole(Class<?> type, long min, long max) {
    return new WholeNumber(
        type,
        min,
        max,
        value -> {
          if (type == Long.class) {
            return (Object) value;
          }
          if (type == Integer.class) {
            return (int) value;
          }
          return type == Short.class ? (Object) (short) value : (Object) (byte) value;
        });
  }

  private static Number anyNumber(JsonParser source) throws IOException {
    return source.hasToken(JsonToken.VALUE_NUMBER_INT)
        ? source.getNumberValue()
        : source.getDecimalValue();
  }
}

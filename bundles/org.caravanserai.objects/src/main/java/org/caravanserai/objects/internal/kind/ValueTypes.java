package org.caravanserai.objects.internal.kind;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of fields. */
final class ValueTypes {

  private static final Map<Class<?>, ValueType> TYPES =
      Map.ofEntries(
          Map.entry(String.class, new TextType()),
          Map.entry(boolean.class, new SwitchType()),
          Map.entry(Boolean.class, new SwitchType()),
          Map.entry(byte.class, new NumberType("a whole number", BigDecimal::byteValueExact)),
          Map.entry(Byte.class, new NumberType("a whole number", BigDecimal::byteValueExact)),
          Map.entry(short.class, new NumberType("a whole number", BigDecimal::shortValueExact)),
          Map.entry(Short.class, new NumberType("a whole number", BigDecimal::shortValueExact)),
          Map.entry(int.class, new NumberType("a whole number", BigDecimal::intValueExact)),
          Map.entry(Integer.class, new NumberType("a whole number", BigDecimal::intValueExact)),
          Map.entry(long.class, new NumberType("a whole number", BigDecimal::longValueExact)),
          Map.entry(Long.class, new NumberType("a whole number", BigDecimal::longValueExact)),
          Map.entry(float.class, new NumberType("a number", BigDecimal::floatValue)),
          Map.entry(Float.class, new NumberType("a number", BigDecimal::floatValue)),
          Map.entry(double.class, new NumberType("a number", BigDecimal::doubleValue)),
          Map.entry(Double.class, new NumberType("a number", BigDecimal::doubleValue)),
          Map.entry(BigDecimal.class, new NumberType("a number", number -> number)),
          Map.entry(Duration.class, new DurationType()));

  private ValueTypes() {}

  /** The type of field of a Java type; empty if fields can't be of it. */
  static Optional<ValueType> of(Class<?> type) {
    return type.isEnum()
        ? Optional.of(new ChoiceType(type.getEnumConstants()))
        : Optional.ofNullable(TYPES.get(type));
  }

  private static final class TextType implements ValueType {

    @Override
    public String expected() {
      return "a text";
    }

    @Override
    public Optional<Object> parse(String text) {
      return Optional.of(text);
    }

    @Override
    public Object written(Object value) {
      return value;
    }

    @Override
    public String schema() {
      return "string";
    }

    @Override
    public boolean isText() {
      return true;
    }

    @Override
    public Optional<BigDecimal> measure(Object value) {
      String text = (String) value;
      return Optional.of(BigDecimal.valueOf(text.codePointCount(0, text.length())));
    }

    @Override
    public String quantity(String measure) {
      return measure + (measure.equals("1") ? " character" : " characters");
    }
  }

  private static final class SwitchType implements ValueType {

    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public Optional<Object> parse(String text) {
      return switch (text) {
        case "true", "True", "TRUE" -> Optional.of(true);
        case "false", "False", "FALSE" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public Object written(Object value) {
      return value;
    }

    @Override
    public String schema() {
      return "boolean";
    }
  }

  private record ChoiceType(Object[] constants) implements ValueType {

    @Override
    public String expected() {
      return Arrays.stream(constants)
          .map(constant -> spelling((Enum<?>) constant))
          .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public Optional<Object> parse(String text) {
      String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_');
      return Arrays.stream(constants)
          .filter(constant -> spelling((Enum<?>) constant).equals(wanted))
          .findFirst();
    }

    @Override
    public Object written(Object value) {
      return spelling((Enum<?>) value);
    }

    @Override
    public String schema() {
      return "string";
    }

    @Override
    public List<String> choices() {
      return Arrays.stream(constants).map(constant -> spelling((Enum<?>) constant)).toList();
    }

    private static String spelling(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class DurationType implements ValueType {

    /** More are read as ISO 8601 only: their nanoseconds do not fit. */
    private static final long MOST_SECONDS = 9_000_000_000L;

    @Override
    public String expected() {
      return "a duration: seconds, or ISO 8601 such as PT30S";
    }

    @Override
    public Optional<Object> parse(String text) {
      Optional<BigDecimal> seconds = NumberType.number(text);
      try {
        return Optional.of(
            seconds.isPresent()
                ? Duration.ofNanos(seconds.get().movePointRight(9).longValueExact())
                : Duration.parse(text));
      } catch (DateTimeParseException | ArithmeticException e) {
        return Optional.empty();
      }
    }

    @Override
    public Object written(Object value) {
      Duration duration = (Duration) value;
      return Math.abs(duration.toSeconds()) < MOST_SECONDS ? seconds(duration) : value.toString();
    }

    @Override
    public String schema() {
      return "number";
    }

    @Override
    public Optional<BigDecimal> measure(Object value) {
      return Optional.of(seconds((Duration) value));
    }

    private static BigDecimal seconds(Duration duration) {
      BigDecimal seconds =
          BigDecimal.valueOf(duration.getSeconds())
              .add(BigDecimal.valueOf(duration.getNano(), 9))
              .stripTrailingZeros();
      return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    @Override
    public String quantity(String measure) {
      return measure + " s";
    }
  }

  private record NumberType(String expected, Narrowing narrowing) implements ValueType {

    /** From a number to the Java type; throws if it does not fit. */
    private interface Narrowing {
      Object narrow(BigDecimal number);
    }

    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,16}");
    private static final Pattern DECIMAL =
        Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,2})?");

    static Optional<BigDecimal> number(String text) {
      if (HEXADECIMAL.matcher(text).matches()) {
        return Optional.of(new BigDecimal(new java.math.BigInteger(text.substring(2), 16)));
      }
      return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    @Override
    public Optional<Object> parse(String text) {
      try {
        return number(text).map(narrowing::narrow);
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
    }

    /** In plain digits as far as those are read again. */
    @Override
    public Object written(Object value) {
      if (!(value instanceof BigDecimal || value instanceof Double || value instanceof Float)) {
        return value;
      }
      BigDecimal number = new BigDecimal(value.toString());
      if (!(value instanceof BigDecimal)) {
        number = number.stripTrailingZeros();
      }
      boolean shown = number.precision() - number.scale() <= 40 && number.scale() <= 40;
      return shown && number.scale() < 0 ? number.setScale(0) : number;
    }

    @Override
    public String schema() {
      return expected.equals("a number") ? "number" : "integer";
    }

    @Override
    public Optional<BigDecimal> measure(Object value) {
      return number(value.toString());
    }
  }
}

package org.caravanserai.objects.internal.kind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar is where a field takes any value: without quotes a number, true, false or nothing
 * as YAML's core schema has them (YAML 1.2, section 10.3), else a text.
 */
final class PlainScalar {

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");

  private PlainScalar() {}

  /** Its value; {@code null} for nothing. */
  static @Nullable Object of(YamlValue.Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    if (scalar.isNull()) {
      return null;
    }
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (WHOLE.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}

package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Says, in words meant for the caller, that an element of a document does not fit its type. */
final class Misfit extends JsonMappingException {

  private static final long serialVersionUID = 1L;

  private final String words;

  Misfit(@Nullable Closeable source, String words) {
    super(source, words);
    this.words = words;
  }

  /** A required element is absent or null. */
  static Misfit missing() {
    return new Misfit(null, "missing");
  }

  /** Something else is there than what is expected. */
  static Misfit expected(String what, JsonParser source) {
    return new Misfit(source, "expected " + what + ", got " + describe(source.currentToken()));
  }

  /** What went wrong, without the place. */
  String words() {
    return words;
  }

  /** What a token is, in words. */
  static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "a number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      case START_ARRAY, END_ARRAY -> "a list";
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
    };
  }
}

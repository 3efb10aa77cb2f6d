package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a document, in words meant for the caller. */
final class Complaint {

  private Complaint() {}

  /**
   * The answer to a failure to read a document: a {@link ServiceException} with status 400 and the
   * place if the document is at fault, else the failure itself.
   */
  static RuntimeException about(Throwable failure, byte[] document) {
    String pointer = pointer(failure);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServiceException meant) {
        return meant;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof StreamReadException malformed) {
        return badInput(Malformed.words(malformed, document), failure);
      }
      if (cause instanceof StreamConstraintsException limit) {
        return badInput(Malformed.words(limit), failure);
      }
      if (cause instanceof CharConversionException) {
        return badInput("the document is not in UTF-8", failure);
      }
      String words = words(cause);
      if (words != null) {
        return badInput(pointer + ": " + words, failure);
      }
    }
    return failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
  }

  private static ServiceException badInput(String details, Throwable cause) {
    return new ServiceException(400, details, cause);
  }

  private static @Nullable String words(Throwable failure) {
    if (failure instanceof Misfit misfit) {
      return misfit.words();
    }
    if (failure instanceof UnrecognizedPropertyException) {
      return "unknown";
    }
    if (failure instanceof InvalidNullException) {
      return "missing";
    }
    if (failure instanceof InvalidTypeIdException) {
      return "does not say of which known type it is";
    }
    if (failure instanceof ValueInstantiationException refused) {
      return refused.getCause() instanceof IllegalArgumentException reason
          ? String.valueOf(reason.getMessage())
          : null;
    }
    if (failure instanceof MismatchedInputException mismatch
        && !(failure instanceof InvalidDefinitionException)) {
      return mismatch(mismatch);
    }
    return null;
  }

  private static String mismatch(MismatchedInputException failure) {
    JsonToken found =
        failure.getProcessor() instanceof JsonParser source ? source.currentToken() : null;
    Class<?> target = failure.getTargetType();
    String expected = target == null ? null : expected(target);
    if (expected == null || expected.equals(Misfit.describe(found))) {
      return "does not fit";
    }
    return "expected " + expected + (found == null ? "" : ", got " + Misfit.describe(found));
  }

  private static @Nullable String expected(Class<?> target) {
    if (target.isArray() || Collection.class.isAssignableFrom(target)) {
      return "a list";
    }
    if (target == String.class) {
      return "text";
    }
    if (target.isPrimitive()
        || Number.class.isAssignableFrom(target)
        || (target.getName().startsWith("java.") && !Map.class.isAssignableFrom(target))) {
      return null;
    }
    return "an object";
  }

  /** The place of the element at fault (RFC 6901); {@code /} is the document itself. */
  static String pointer(Throwable failure) {
    if (!(failure instanceof JsonMappingException placed)) {
      return "/";
    }
    List<JsonMappingException.Reference> path = placed.getPath();
    if (path.isEmpty()) {
      return "/";
    }
    StringBuilder pointer = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      String name = step.getFieldName();
      pointer.append('/');
      if (name == null) {
        pointer.append(step.getIndex());
      } else {
        pointer.append(name.replace("~", "~0").replace("/", "~1"));
      }
    }
    return pointer.toString();
  }

  /** The message of a type that can't be bound. */
  static String aboutType(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Misfit misfit) {
        return pointer(failure) + ": " + misfit.words();
      }
    }
    return failure instanceof JsonMappingException definition
        ? pointer(failure) + ": " + definition.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }
}

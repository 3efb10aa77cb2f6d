package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationContext;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What stands for a component that a document does not have. */
interface Absence {

  /** Nothing stands for it. */
  Absence REFUSED =
      (part, context) -> {
        throw Misfit.missing();
      };

  /** The value that stands for it. */
  @Nullable Object value(Part part, DeserializationContext context) throws IOException;

  /** What a component's type and annotations say. */
  static Absence of(RecordComponent component, Parameter parameter, @Nullable String fallback) {
    if (fallback != null && !fallback.isEmpty()) {
      return new Default(fallback);
    }
    Object empty = Empty.OPTIONALS.get(component.getType());
    if (empty != null) {
      return (part, context) -> empty;
    }
    if (!component.getType().isPrimitive() && isNullable(component, parameter)) {
      return (part, context) -> null;
    }
    return REFUSED;
  }

  private static boolean isNullable(RecordComponent component, Parameter parameter) {
    return saysNullable(component)
        || saysNullable(component.getAnnotatedType())
        || saysNullable(component.getAccessor())
        || saysNullable(parameter);
  }

  private static boolean saysNullable(AnnotatedElement element) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }

  /** A text that stands for the value; read anew each time where the value could be changed. */
  record Default(String text) implements Absence {

    @Override
    public @Nullable Object value(Part part, DeserializationContext context) throws IOException {
      return part.parseDefault(text, context);
    }
  }

  /** The empty optionals. */
  final class Empty {

    static final Map<Class<?>, Object> OPTIONALS =
        Map.of(
            Optional.class, Optional.empty(),
            OptionalInt.class, OptionalInt.empty(),
            OptionalLong.class, OptionalLong.empty(),
            OptionalDouble.class, OptionalDouble.empty());

    private Empty() {}
  }
}

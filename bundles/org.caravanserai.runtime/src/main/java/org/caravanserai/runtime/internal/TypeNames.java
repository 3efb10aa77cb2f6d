package org.caravanserai.runtime.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types as Java source writes them. */
final class TypeNames {

  private TypeNames() {}

  static String of(Type type) {
    if (type instanceof Class<?> plain) {
      String name = plain.getCanonicalName();
      return name == null ? plain.getName() : name;
    }
    if (type instanceof GenericArrayType array) {
      return of(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(TypeNames::of)
          .collect(Collectors.joining(", ", of(generic.getRawType()) + "<", ">"));
    }
    return type.getTypeName();
  }
}

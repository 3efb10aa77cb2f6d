package org.caravanserai.runtime.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generic type whose variables have been replaced by what they stand for.
 *
 * @param owner the class around it
 * @param raw the class
 * @param arguments what its parameters are
 */
record KnownType(@Nullable Type owner, Type raw, Type[] arguments) implements ParameterizedType {

  /** A type with its variables replaced, as far as they are known. */
  static Type substitute(Type type, Map<TypeVariable<?>, Type> known) {
    if (type instanceof TypeVariable<?> variable) {
      return known.getOrDefault(variable, variable);
    }
    if (type instanceof GenericArrayType array) {
      Type component = substitute(array.getGenericComponentType(), known);
      return component instanceof Class<?> plain
          ? plain.arrayType()
          : (GenericArrayType) () -> component;
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments().clone();
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = substitute(arguments[i], known);
      }
      return new KnownType(generic.getOwnerType(), generic.getRawType(), arguments);
    }
    return type;
  }

  @Override
  public Type[] getActualTypeArguments() {
    return arguments.clone();
  }

  @Override
  public Type getRawType() {
    return raw;
  }

  @Override
  public @Nullable Type getOwnerType() {
    return owner;
  }
}

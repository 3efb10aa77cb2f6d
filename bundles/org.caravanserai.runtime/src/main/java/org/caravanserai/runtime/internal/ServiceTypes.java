package org.caravanserai.runtime.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.RevisionRefusedException.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The types that a service takes and returns, read from the generic supertype.
 *
 * @param input what it takes
 * @param output what it returns, now or by a stage
 * @param declaredOutput what its method returns, the stage included
 */
record ServiceTypes(Type input, Type output, Type declaredOutput) {

  /** The types of a class that implements {@link Service}. */
  static ServiceTypes of(Class<?> type) throws RevisionRefusedException {
    Type service = find(type, Service.class, Map.of());
    Type input = resolved(argument(service, 0), "input, I of Service<I, O>,", type);
    Type declared = resolved(argument(service, 1), "output, O of Service<I, O>,", type);
    return new ServiceTypes(input, unstaged(declared, type), declared);
  }

  /** The input as Java writes it. */
  String inputName() {
    return TypeNames.of(input);
  }

  /** The output as Java writes it. */
  String outputName() {
    return TypeNames.of(declaredOutput);
  }

  private static Type unstaged(Type output, Class<?> type) throws RevisionRefusedException {
    Class<?> raw = rawClass(output);
    if (raw == null || !CompletionStage.class.isAssignableFrom(raw)) {
      return output;
    }
    Type stage =
        output instanceof Class<?> plain ? find(plain, CompletionStage.class, Map.of()) : output;
    return resolved(argument(stage, 0), "output, T of CompletionStage<T>,", type);
  }

  /** The given generic type as a supertype of a type, {@code null} if it is none. */
  private static @Nullable Type find(Type type, Class<?> wanted, Map<TypeVariable<?>, Type> known) {
    Class<?> raw = rawClass(type);
    if (raw == null || !wanted.isAssignableFrom(raw)) {
      return null;
    }
    if (raw == wanted) {
      return KnownType.substitute(type, known);
    }
    Map<TypeVariable<?>, Type> inside = new HashMap<>();
    if (type instanceof ParameterizedType generic) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        inside.put(variables[i], KnownType.substitute(generic.getActualTypeArguments()[i], known));
      }
    }
    for (Type parent : raw.getGenericInterfaces()) {
      Type found = find(parent, wanted, inside);
      if (found != null) {
        return found;
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? null : find(parent, wanted, inside);
  }

  private static @Nullable Type argument(@Nullable Type generic, int index) {
    return generic instanceof ParameterizedType known
        ? known.getActualTypeArguments()[index]
        : null;
  }

  private static @Nullable Class<?> rawClass(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : null;
  }

  private static Type resolved(@Nullable Type type, String what, Class<?> owner)
      throws RevisionRefusedException {
    String fault = type == null ? "is not given (a raw type)" : fault(type);
    if (type == null || fault != null) {
      throw new RevisionRefusedException(
          Stage.CHECK,
          "The " + what + " of " + owner.getCanonicalName() + " " + fault + ": write the type out",
          null);
    }
    return type;
  }

  private static @Nullable String fault(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return "is or has the type variable " + variable.getName();
    }
    if (type instanceof WildcardType) {
      return "has the wildcard " + type;
    }
    if (type instanceof GenericArrayType array) {
      return fault(array.getGenericComponentType());
    }
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        String fault = fault(argument);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }
}

package org.caravanserai.junit5;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection each of whose methods answers the same. Where a method returns another interface of
 * the facade's package (a request, a response) it answers one of these, and the answer is given by
 * the methods of that.
 *
 * @param name the connection's name
 * @param facade the facade
 * @param answer what is answered; an exception is thrown
 * @param calls told of each call
 * @param json converts the answer
 */
record CannedConnection(
    String name,
    Class<?> facade,
    @Nullable Object answer,
    Consumer<ConnectionCall> calls,
    ObjectMapper json)
    implements InvocationHandler {

  /** It as an object that has the methods of an interface. */
  <F> F as(Class<F> type) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    List<@Nullable Object> passed =
        arguments == null ? List.of() : Collections.unmodifiableList(Arrays.asList(arguments));
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method.getName(), passed);
    }
    calls.accept(new ConnectionCall(name, method.getName(), passed));
    if (answer instanceof Throwable failure) {
      throw failure;
    }
    Class<?> type = method.getReturnType();
    if (type == void.class) {
      return null;
    }
    if (type == Optional.class) {
      return Optional.ofNullable(answer);
    }
    if (type == CompletionStage.class || type == CompletableFuture.class) {
      return CompletableFuture.completedFuture(answer);
    }
    if (type.isInterface()
        && type.getPackage() == facade.getPackage()
        && !type.isInstance(answer)) {
      return as(type);
    }
    return converted(wanted(type, passed));
  }

  private @Nullable Object ofObject(Object proxy, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "equals" -> proxy == arguments.get(0);
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "canned " + name;
    };
  }

  /** The class that the caller asks for, if it asks for one. */
  private static Class<?> wanted(Class<?> declared, List<@Nullable Object> arguments) {
    if (declared == Object.class) {
      for (Object each : arguments) {
        if (each instanceof Class<?> asked) {
          return asked;
        }
      }
    }
    return declared;
  }

  private @Nullable Object converted(Class<?> type) {
    return answer == null || type.isInstance(answer) ? answer : json.convertValue(answer, type);
  }
}

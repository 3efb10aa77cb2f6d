package org.caravanserai.deploy.internal.features;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object that is not ours, whose type is an interface and whose value we stand
 * before.
 */
final class ForeignField {

  private final Object owner;
  private final Field field;
  private final Object original;

  private ForeignField(Object owner, Field field, Object original) {
    this.owner = owner;
    this.field = field;
    this.original = original;
  }

  /**
   * Looks it up.
   *
   * @throws ReflectiveOperationException if there is none
   */
  static ForeignField of(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    if (!field.getType().isInterface() || !field.trySetAccessible()) {
      throw new NoSuchFieldException(name);
    }
    Object original = field.get(owner);
    if (original == null) {
      throw new NoSuchFieldException(name);
    }
    return new ForeignField(owner, field, original);
  }

  /** A call on its way to the original value. */
  interface Call {

    /** The method's name. */
    String name();

    /** An argument. */
    Object argument(int index);

    /**
     * Does it.
     *
     * @throws Exception whatever the original throws
     */
    @Nullable Object proceed() throws Exception;
  }

  /** What stands before the original value. */
  interface Interceptor {

    /**
     * Answers a call in its place.
     *
     * @throws Exception whatever the call is to throw
     */
    @Nullable Object on(Call call) throws Exception;
  }

  /** Puts something before the original value. */
  void intercept(Interceptor interceptor) throws ReflectiveOperationException {
    InvocationHandler handler =
        (proxy, method, arguments) -> interceptor.on(new Forwarded(original, method, arguments));
    field.set(
        owner,
        Proxy.newProxyInstance(
            owner.getClass().getClassLoader(), new Class<?>[] {field.getType()}, handler));
  }

  /** Puts something else in its place. */
  <T> void replace(Class<T> type, UnaryOperator<T> other) throws ReflectiveOperationException {
    field.set(owner, other.apply(type.cast(original)));
  }

  /** Puts the original value back. */
  void restore() throws ReflectiveOperationException {
    field.set(owner, original);
  }

  private record Forwarded(Object target, Method method, @Nullable Object @Nullable [] arguments)
      implements Call {

    @Override
    public String name() {
      return method.getName();
    }

    @Override
    public Object argument(int index) {
      Object argument = arguments == null ? null : arguments[index];
      if (argument == null) {
        throw new IllegalArgumentException(method + " without an argument " + index);
      }
      return argument;
    }

    @Override
    public @Nullable Object proceed() throws Exception {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error failure) {
          throw failure;
        }
        throw e;
      }
    }
  }
}

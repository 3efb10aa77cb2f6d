package org.caravanserai.runtime.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.RevisionHooks;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.RevisionRefusedException.Stage;
import org.caravanserai.runtime.internal.binding.Binding;
import org.caravanserai.runtime.internal.binding.Bindings;
import org.caravanserai.runtime.internal.binding.UnboundTypeException;
import org.jspecify.annotations.Nullable;

/** The maker of revisions out of classes. */
final class RevisionMaker {

  private final Aside aside;
  private final Bindings bindings;
  private final Duration limit;

  RevisionMaker(Aside aside, Bindings bindings, Duration limit) {
    this.aside = aside;
    this.bindings = bindings;
    this.limit = limit;
  }

  /** What it binds types with. */
  Bindings bindings() {
    return bindings;
  }

  LiveRevision make(Class<?> type, String deployment, int revision)
      throws RevisionRefusedException {
    try {
      Constructor<?> constructor = constructor(type);
      String name = ServiceNames.of(type);
      ServiceTypes types = ServiceTypes.of(type);
      Instance instance = instance(type, constructor, types);
      boolean readsStream = instance.binding().readsStream();
      return new LiveRevision(name, deployment, revision, types, readsStream, instance);
    } catch (UnboundTypeException unfit) {
      throw new RevisionRefusedException(
          Stage.CHECK,
          "The input of " + nameOf(type) + " can't be read: " + unfit.getMessage(),
          unfit);
    } catch (LinkageError
        | TypeNotPresentException
        | MalformedParameterizedTypeException unlinked) {
      throw unlinked(unlinked);
    }
  }

  /** A revision of an instance that is there already. */
  @SuppressWarnings("unchecked") // what it takes and returns is bound by its own types
  LiveRevision make(String name, Service<?, ?> instance, String deployment, int revision)
      throws RevisionRefusedException {
    String fault = ServiceNames.faultOfEntrance(name);
    if (fault != null) {
      throw new RevisionRefusedException(
          Stage.CHECK, "The service's name '" + name + "' " + fault, null);
    }
    ServiceTypes types = ServiceTypes.of(instance.getClass());
    try {
      Binding binding = bindings.bind(types.input(), types.output());
      return new LiveRevision(
          name,
          deployment,
          revision,
          types,
          binding.readsStream(),
          new Instance(
              (Service<@Nullable Object, @Nullable Object>) instance,
              binding,
              instance.getClass().getClassLoader(),
              false));
    } catch (UnboundTypeException unfit) {
      throw new RevisionRefusedException(
          Stage.CHECK, "The input of " + name + " can't be read: " + unfit.getMessage(), unfit);
    }
  }

  /** Runs {@code onDeploy()} of the service, if it has one. */
  void begin(LiveRevision revision, Duration time) throws RevisionRefusedException {
    Instance instance = revision.instance();
    if (instance == null || !(instance.service() instanceof RevisionHooks hooks)) {
      return;
    }
    Class<?> type = instance.service().getClass();
    revision.begin();
    try {
      var unused =
          aside
              .<Boolean>run(
                  instance.loader(),
                  time,
                  () -> {
                    hooks.onDeploy();
                    return true;
                  })
              .get();
    } catch (ExecutionException failure) {
      throw refusal(type, failure.getCause(), time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RevisionRefusedException(Stage.CHECK, "Interrupted while onDeploy() ran", stopped);
    }
  }

  private static RevisionRefusedException refusal(
      Class<?> type, @Nullable Throwable failure, Duration time) {
    if (failure instanceof TimeoutException) {
      return new RevisionRefusedException(
          Stage.CHECK,
          "onDeploy() of " + nameOf(type) + " took longer than " + time.toMillis() + " ms",
          failure);
    }
    String words = failure == null ? null : failure.getMessage();
    return new RevisionRefusedException(
        Stage.CHECK,
        "onDeploy() of "
            + nameOf(type)
            + " refused: "
            + (words == null || words.isEmpty() ? failure : words),
        failure,
        failure == null ? 0 : lineOf(type, failure));
  }

  private static Constructor<?> constructor(Class<?> type) throws RevisionRefusedException {
    String fault = fault(type);
    if (fault != null) {
      throw new RevisionRefusedException(Stage.CHECK, nameOf(type) + " " + fault, null);
    }
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException none) {
      throw new RevisionRefusedException(
          Stage.CHECK, nameOf(type) + " has no public constructor without parameters", none);
    }
  }

  private static @Nullable String fault(Class<?> type) {
    if (!Service.class.isAssignableFrom(type)) {
      return "does not implement " + Service.class.getName();
    }
    if (type.isInterface()) {
      return "is an interface, a service is a class";
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return "is abstract";
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return "is an inner class, it must be static";
    }
    return Modifier.isPublic(type.getModifiers()) ? null : "is not public";
  }

  /** Runs what is the service's own: its constructor, and the initialisers of all its classes. */
  @SuppressWarnings("unchecked") // constructor() asked whether it is a Service
  private Instance instance(Class<?> type, Constructor<?> constructor, ServiceTypes types)
      throws RevisionRefusedException, UnboundTypeException {
    ClassLoader loader = type.getClassLoader();
    AtomicReference<@Nullable Binding> binding = new AtomicReference<>();
    Callable<Object> work =
        () -> {
          binding.set(bindings.bind(types.input(), types.output()));
          return constructor.newInstance();
        };
    try {
      Object service = aside.run(loader, limit, work).get();
      return new Instance(
          (Service<@Nullable Object, @Nullable Object>) service,
          Objects.requireNonNull(binding.get()),
          loader,
          true);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnboundTypeException unfit) {
        throw unfit;
      }
      throw refused(type, failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RevisionRefusedException(
          Stage.CONSTRUCT, "Interrupted while the constructor ran", stopped);
    }
  }

  private RevisionRefusedException refused(Class<?> type, @Nullable Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new RevisionRefusedException(
          Stage.CONSTRUCT,
          "The constructor of " + nameOf(type) + " took longer than " + limit.toMillis() + " ms",
          failure);
    }
    Throwable cause = failure instanceof InvocationTargetException call ? call.getCause() : failure;
    if (cause instanceof ExceptionInInitializerError initializer && cause.getCause() != null) {
      cause = initializer.getCause();
    } else if (cause instanceof LinkageError unlinked) {
      return unlinked(unlinked);
    }
    int line = cause == null ? 0 : lineOf(type, cause);
    return new RevisionRefusedException(
        Stage.CONSTRUCT, "The constructor of " + nameOf(type) + " failed: " + cause, cause, line);
  }

  private static RevisionRefusedException unlinked(Throwable failure) {
    String missing = String.valueOf(failure.getMessage());
    String message =
        failure instanceof NoClassDefFoundError && missing.indexOf(' ') < 0
            ? "The class " + missing.replace('/', '.') + " is missing"
            : failure.getClass().getSimpleName() + ": " + missing;
    return new RevisionRefusedException(Stage.LINK, message, failure);
  }

  /** The line of the service's own source at which something went wrong; 0 if it is not known. */
  private static int lineOf(Class<?> type, Throwable failure) {
    String outermost = outermost(type).getName();
    for (StackTraceElement frame : failure.getStackTrace()) {
      String name = frame.getClassName();
      if (name.equals(outermost) || name.startsWith(outermost + "$")) {
        return Math.max(0, frame.getLineNumber());
      }
    }
    return 0;
  }

  private static Class<?> outermost(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return around == null ? type : outermost(around);
  }

  private static String nameOf(Class<?> type) {
    return TypeNames.of(type);
  }
}

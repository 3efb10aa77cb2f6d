package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.Operation;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object: what it is to be, what it is, and how it gets from here to there. */
final class HeldObject {

  private static final Logger LOG = LoggerFactory.getLogger(HeldObject.class);

  private final ObjectKey key;
  private Origin origin;
  private @Nullable Definition definition;
  private @Nullable Operation operation;
  private @Nullable Definition current;
  private List<Long> currentSecrets = List.of();
  private @Nullable String failure;
  private @Nullable String refusal;
  private int failures;
  private boolean due = true;

  /** What came of an attempt. */
  enum Outcome {
    /** Nothing was to be done, or it can't be done yet. */
    NOTHING,
    /** It is now what it is to be. */
    DONE,
    /** It could not be done. */
    FAILED
  }

  /** What is around objects. */
  interface Surroundings {

    /** Whether an object that others refer to is there. */
    boolean isAvailable(ObjectKey key);

    /** What changes whenever a secret does; 0 if there is none of that name. */
    long secretVersion(String name);

    /** Puts secrets into texts. */
    TextReferences references();
  }

  HeldObject(ObjectKey key, Origin origin) {
    this.key = key;
    this.origin = origin;
  }

  ObjectKey key() {
    return key;
  }

  Origin origin() {
    return origin;
  }

  /** What it is to be; empty while nobody knows its kind. */
  Optional<Definition> definition() {
    return Optional.ofNullable(definition);
  }

  boolean isOpen() {
    return operation != null;
  }

  /** Whether objects that refer to it may open. */
  boolean isAvailable() {
    return isOpen() || isInactive();
  }

  private boolean isInactive() {
    return definition != null && !definition.active();
  }

  /** Tries again what failed, at the next {@link #settle}. */
  void tryAgain() {
    due = true;
  }

  /** Counts a failure; gives how often it failed in a row. */
  int countFailure() {
    return ++failures;
  }

  /** Takes over what a file says; nothing happens before {@link #settle}. */
  void define(Origin from, Optional<Definition> wanted) {
    origin = from;
    refusal = null;
    Definition before = definition;
    definition = wanted.orElse(null);
    if (before == null || definition == null || !before.isSame(definition)) {
      reset();
    }
  }

  private void reset() {
    failure = null;
    failures = 0;
    due = true;
  }

  /** Its kind is there, but does not take what the file says. */
  void refuse(String reason) {
    if (definition == null) {
      refusal = reason;
    }
  }

  /** Its kind is gone. */
  void forgetKind() {
    close();
    definition = null;
    reset();
  }

  /**
   * Becomes what it is to be, as far as that is possible now. What failed is not tried again before
   * {@link #tryAgain}.
   *
   * @param around the objects and secrets that this one may refer to
   */
  Outcome settle(Surroundings around) {
    Definition wanted = definition;
    if (wanted == null || !wanted.active()) {
      boolean wasOpen = isOpen();
      close();
      return wasOpen ? Outcome.DONE : Outcome.NOTHING;
    }
    boolean possible =
        due
            && !isCurrent(wanted, around)
            && wanted.secrets().stream().allMatch(name -> around.secretVersion(name) != 0)
            && (isOpen() || wanted.references().stream().allMatch(around::isAvailable));
    return possible ? become(wanted, around) : Outcome.NOTHING;
  }

  private boolean isCurrent(Definition wanted, Surroundings around) {
    return current != null
        && wanted.object().equals(current.object())
        && versions(wanted, around).equals(currentSecrets);
  }

  private static List<Long> versions(Definition wanted, Surroundings around) {
    return wanted.secrets().stream().map(around::secretVersion).toList();
  }

  private Outcome become(Definition wanted, Surroundings around) {
    try {
      Record object = wanted.kind().resolve(wanted, around.references());
      if (operation == null) {
        operation = wanted.kind().open(key.name(), object);
      } else {
        operation.replace(object);
      }
      current = wanted;
      currentSecrets = versions(wanted, around);
      reset();
      return Outcome.DONE;
    } catch (Exception | LinkageError e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      String reason = Redaction.of(wanted, around.references()).apply(message);
      if (!reason.equals(failure)) {
        LOG.warn("{} of {} is not in operation as configured: {}", key, origin.path(), reason);
      }
      failure = reason;
      due = false;
      return Outcome.FAILED;
    }
  }

  /** It has been taken out of the configuration: ends its operation for good. */
  void remove() {
    Operation ending = operation;
    if (ending != null) {
      try {
        ending.removed();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("{} of {} left something: {}", key, origin.path(), e.toString());
      }
    }
    close();
  }

  /** Ends its operation; it may be opened again. */
  void close() {
    Operation ended = operation;
    operation = null;
    current = null;
    currentSecrets = List.of();
    if (ended == null) {
      return;
    }
    try {
      ended.close();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} of {} did not close in order: {}", key, origin.path(), e.getClass().getName());
    }
  }

  /** How it is. */
  ObjectInfo info(Surroundings around) {
    State state;
    Optional<String> reason;
    if (definition == null) {
      state = refusal == null ? State.WAITING : State.FAILED;
      reason = Optional.of(refusal == null ? "waiting for kind " + key.kind() : refusal);
    } else if (isInactive()) {
      state = State.INACTIVE;
      reason = Optional.empty();
    } else if (isOpen()) {
      state = State.OPEN;
      reason = defect(definition, around);
    } else if (failure != null) {
      state = State.FAILED;
      reason = Optional.of(failure);
    } else {
      state = State.WAITING;
      reason = told(missing(definition, around)).map(what -> "waiting for " + what);
    }
    List<String> services = definition == null ? List.of() : definition.services();
    return new ObjectInfo(key.kind(), key.name(), origin.told(), state, reason, services);
  }

  private Optional<String> defect(Definition wanted, Surroundings around) {
    if (failure != null) {
      return Optional.of("the change is not in effect: " + failure);
    }
    Optional<String> missing = told(missing(wanted, around));
    return current != null && wanted.object().equals(current.object())
        ? missing.map(what -> "missing " + what)
        : missing.map(what -> "the change is not in effect: waiting for " + what);
  }

  /** What an object refers to that is not there, in words. */
  static List<String> missing(Definition wanted, Surroundings around) {
    return Stream.concat(
            wanted.secrets().stream()
                .filter(secret -> around.secretVersion(secret) == 0)
                .map(secret -> "secret " + secret),
            wanted.references().stream()
                .filter(key -> !around.isAvailable(key))
                .map(ObjectKey::toString))
        .distinct()
        .toList();
  }

  private static Optional<String> told(List<String> missing) {
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }
}

package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object: what it is to be, what it is, and how it gets from here to there. */
final class HeldObject {

  private static final Logger LOG = LoggerFactory.getLogger(HeldObject.class);

  private final ObjectKey key;
  private String origin;
  private @Nullable Definition definition;
  private @Nullable Operation operation;
  private @Nullable Record current;
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

  HeldObject(ObjectKey key, String origin) {
    this.key = key;
    this.origin = origin;
  }

  ObjectKey key() {
    return key;
  }

  String origin() {
    return origin;
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
  void define(String file, Optional<Definition> wanted) {
    origin = file;
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
   * @param available whether an object that this one refers to is there
   */
  Outcome settle(Predicate<ObjectKey> available) {
    Definition wanted = definition;
    if (wanted == null || !wanted.active()) {
      boolean wasOpen = isOpen();
      close();
      return wasOpen ? Outcome.DONE : Outcome.NOTHING;
    }
    boolean possible =
        due
            && wanted.secrets().isEmpty()
            && !wanted.object().equals(current)
            && (isOpen() || wanted.references().stream().allMatch(available));
    return possible ? become(wanted) : Outcome.NOTHING;
  }

  private Outcome become(Definition wanted) {
    try {
      if (operation == null) {
        operation = wanted.kind().open(key.name(), wanted.object());
      } else {
        operation.replace(wanted.object());
      }
      current = wanted.object();
      reset();
      return Outcome.DONE;
    } catch (Exception | LinkageError e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (!reason.equals(failure)) {
        LOG.warn("{} of {} is not in operation as configured: {}", key, origin, reason);
        LOG.debug("{}", key, e);
      }
      failure = reason;
      due = false;
      return Outcome.FAILED;
    }
  }

  /** Ends its operation; it may be opened again. */
  void close() {
    Operation ended = operation;
    operation = null;
    current = null;
    if (ended == null) {
      return;
    }
    try {
      ended.close();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} of {} did not close in order: {}", key, origin, e.toString());
      LOG.debug("{}", key, e);
    }
  }

  /** How it is. */
  ObjectInfo info(Predicate<ObjectKey> available) {
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
      reason = defect(definition, available);
    } else if (failure != null) {
      state = State.FAILED;
      reason = Optional.of(failure);
    } else {
      state = State.WAITING;
      reason = missing(definition, available).map(what -> "waiting for " + what);
    }
    return new ObjectInfo(key.kind(), key.name(), "file:" + origin, state, reason);
  }

  private Optional<String> defect(Definition wanted, Predicate<ObjectKey> available) {
    if (failure != null) {
      return Optional.of("the change is not in effect: " + failure);
    }
    Optional<String> missing = missing(wanted, available);
    return wanted.secrets().isEmpty()
        ? missing.map(what -> "missing " + what)
        : missing.map(what -> "the change is not in effect: waiting for " + what);
  }

  private static Optional<String> missing(Definition wanted, Predicate<ObjectKey> available) {
    List<String> missing =
        Stream.concat(
                wanted.secrets().stream().map(secret -> "secret " + secret),
                wanted.references().stream().filter(available.negate()).map(ObjectKey::toString))
            .distinct()
            .toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }
}

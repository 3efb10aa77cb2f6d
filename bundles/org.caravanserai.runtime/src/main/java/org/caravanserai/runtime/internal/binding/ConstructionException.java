package org.caravanserai.runtime.internal.binding;

/** Says that the constructor of a record failed in a way that is not the caller's fault. */
final class ConstructionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConstructionException(Throwable cause) {
    super(cause);
  }
}

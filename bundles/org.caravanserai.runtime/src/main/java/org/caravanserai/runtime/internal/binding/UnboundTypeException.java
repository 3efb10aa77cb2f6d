package org.caravanserai.runtime.internal.binding;

/** Says that no document could ever become the type that a service takes. */
public final class UnboundTypeException extends Exception {

  private static final long serialVersionUID = 1L;

  UnboundTypeException(String message, Throwable cause) {
    super(message, cause);
  }
}

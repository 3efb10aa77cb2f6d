package org.caravanserai.security;

/** The refusal of a change of a server that is read-only. */
public final class ReadOnlyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says since when and why it is. */
  public ReadOnlyException(ReadOnlyState state) {
    super(state.words());
  }
}

package org.caravanserai.benchmarks;

/** How long a run may take; the figures of {@link #FULL} are the ones to quote. */
public enum Effort {
  /** Under 25 minutes on two cores. */
  FULL,
  /** Under 8 minutes. */
  QUICK,
  /** Only shows that each part works: its figures mean nothing. */
  SMOKE;

  /** One of three values, by effort. */
  public int pick(int full, int quick, int smoke) {
    return switch (this) {
      case FULL -> full;
      case QUICK -> quick;
      case SMOKE -> smoke;
    };
  }
}

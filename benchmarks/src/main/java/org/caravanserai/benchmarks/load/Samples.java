package org.caravanserai.benchmarks.load;

import java.util.Arrays;

/** Many measurements of one quantity. Not for several threads at once. */
public final class Samples {

  private double[] values = new double[64];
  private int size;

  /** Adds one. */
  public void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Adds all of another. */
  public void addAll(Samples others) {
    for (int i = 0; i < others.size; i++) {
      add(others.values[i]);
    }
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The smallest value that at least that share of all (0 to 1) does not exceed. */
  public double quantile(double share) {
    if (size == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size);
    return sorted[Math.max(rank, 1) - 1];
  }

  /** The one in the middle. */
  public double median() {
    return quantile(0.5);
  }

  /** The 99th percentile. */
  public double p99() {
    return quantile(0.99);
  }

  /** The smallest. */
  public double min() {
    return quantile(0);
  }
}

package org.caravanserai.benchmarks.load;

/** What callers saw. Not for several threads at once. */
public final class Experience {

  private final Samples millis = new Samples();
  private long failed;
  private long reset;
  private long hung;

  void answered(int status, double time) {
    millis.add(time);
    if (status != 200) {
      failed++;
    }
  }

  void reset() {
    reset++;
  }

  void hung() {
    hung++;
  }

  void add(Experience other) {
    millis.addAll(other.millis);
    failed += other.failed;
    reset += other.reset;
    hung += other.hung;
  }

  /** How many requests were sent. */
  public long requests() {
    return millis.size() + reset + hung;
  }

  /** How many went wrong: an answer that is not 200, none, or a lost connection. */
  public long losses() {
    return failed + reset + hung;
  }

  /** How they went wrong, in words. */
  public String account() {
    return "%d failed, %d reset, %d hung of %,d".formatted(failed, reset, hung, requests());
  }

  /** How long the answers took, in milliseconds. */
  public Samples millis() {
    return millis;
  }
}

package org.caravanserai.deploy.internal.engine;

import java.util.Locale;
import org.caravanserai.deploy.DeployResult.Timings;

/** Takes the times of the steps of one deployment. */
final class Timer {

  private long lap = System.nanoTime();
  private double compile;
  private double install;
  private double persist;
  private double change;

  void compiled() {
    compile = lap();
  }

  void installed() {
    install = lap();
  }

  void persisted() {
    persist += lap();
  }

  void switched() {
    change = lap();
  }

  private double lap() {
    long now = System.nanoTime();
    double millis = Math.round((now - lap) / 1e4) / 1e2;
    lap = now;
    return millis;
  }

  Timings timings() {
    return new Timings(compile, install, change, persist);
  }

  /** Reads {@code compile 4.8 ms, install 0.7 ms, switch 0.1 ms, persist 0.6 ms}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "compile %.1f ms, install %.1f ms, switch %.1f ms, persist %.1f ms",
        compile,
        install,
        change,
        persist);
  }
}

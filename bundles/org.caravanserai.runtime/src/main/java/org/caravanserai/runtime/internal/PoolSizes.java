package org.caravanserai.runtime.internal;

/**
 * The sizes of the pool.
 *
 * @param threads threads that calls run on
 * @param places calls that may be in the pool, running or waiting
 * @param threadShare threads that one service may hold
 * @param placeShare places that one service may hold
 * @param maxStuck stuck threads that are made up for
 */
record PoolSizes(int threads, int places, int threadShare, int placeShare, int maxStuck) {

  private static final int THREADS_PER_CORE = 16;
  private static final int MIN_THREADS = 32;
  private static final int PERCENT = 100;

  static PoolSizes of(RuntimeSettings settings) {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads =
        settings.threads() > 0
            ? settings.threads()
            : Math.max(MIN_THREADS, THREADS_PER_CORE * cores);
    int queue = Math.max(0, settings.queue());
    int percent = Math.min(PERCENT, Math.max(1, settings.max__concurrency__percent()));
    int threadShare = Math.max(1, threads * percent / PERCENT);
    return new PoolSizes(
        threads,
        threads + queue,
        threadShare,
        threadShare + queue * percent / PERCENT,
        settings.max__stuck() > 0 ? settings.max__stuck() : 2 * threads);
  }
}

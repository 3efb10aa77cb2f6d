package org.caravanserai.runtime.internal;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Single threads that do small things at their time. */
final class Clocks {

  private Clocks() {}

  /** A clock whose thread is there already, so that it is no child of whoever asks first. */
  static ScheduledThreadPoolExecutor make(String name) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    clock.prestartCoreThread();
    return clock;
  }
}

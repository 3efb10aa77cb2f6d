package org.caravanserai.pubsub.internal.push;

import java.util.function.Consumer;

/** Where the messages of a queue are pushed to. */
public interface PushTarget {

  /**
   * Delivers a message. Blocks on nothing.
   *
   * @param message the message
   * @param done told exactly once what became of it, on any thread, maybe before this returns
   */
  void deliver(PushedMessage message, Consumer<PushOutcome> done);
}

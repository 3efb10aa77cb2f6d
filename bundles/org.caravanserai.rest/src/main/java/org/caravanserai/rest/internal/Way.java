package org.caravanserai.rest.internal;

import java.util.function.Consumer;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;

/** The way from a channel to what answers its calls. */
@FunctionalInterface
interface Way {

  /**
   * Sends a call that way, on the calling thread.
   *
   * @param call the call
   * @param asked tells whether anybody still waits for the reply
   * @param done gets the reply, exactly once: before this returns, or later on another thread.
   *     Whoever gets it closes it. Must not throw
   * @throws ChannelStoppedException if it does not take calls; {@code done} gets nothing
   */
  void go(Call call, PooledCall asked, Consumer<Reply> done) throws ChannelStoppedException;
}

package org.caravanserai.camel;

import java.util.function.Consumer;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Reply;
import org.osgi.annotation.versioning.ProviderType;

/** The way of a channel's calls into its Camel route. */
@ProviderType
public interface ChannelRoute extends AutoCloseable {

  /** The name of the service at its end. */
  String service();

  /**
   * Sends a call through the route, on the calling thread.
   *
   * @param call the call
   * @param done gets the reply, exactly once: before this returns, or later on another thread.
   *     Whoever gets it closes it. Must not throw
   * @throws ChannelStoppedException if the route does not take calls; {@code done} gets nothing
   */
  void call(Call call, Consumer<Reply> done) throws ChannelStoppedException;

  /**
   * Takes the route away once the calls inside have ended; returns at once. A call that comes after
   * this, because its request was under way, goes to the channel's newer route, if there is one.
   */
  @Override
  void close();
}

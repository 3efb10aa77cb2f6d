package org.caravanserai.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.rest.internal.RestChannel.DeliveryMode;
import org.caravanserai.rest.internal.outgoing.Forwarder;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The way to the service, if there is one, and after it to destinations.
 *
 * @param service the way to the service; {@code null} if there is none
 * @param destinations where the content goes then
 * @param answering the name of the destination whose answer goes back; empty for the service's
 * @param isInOrder whether they get it one after the other
 * @param timeout how long all of it may take
 * @param forwarder sends it
 */
record Delivery(
    @Nullable Way service,
    List<Destination> destinations,
    Optional<String> answering,
    boolean isInOrder,
    Duration timeout,
    Forwarder forwarder)
    implements Way {

  /** The way of a channel that has destinations. */
  static Delivery of(RestChannel channel, @Nullable Way service, Forwarder forwarder) {
    return new Delivery(
        service,
        channel.activeDestinations(),
        channel.answering(),
        channel.deliveryMode() == DeliveryMode.IN_ORDER,
        channel.timeout(),
        forwarder);
  }

  @Override
  public void go(Call call, PooledCall asked, Consumer<Reply> done) throws ChannelStoppedException {
    long end = System.nanoTime() + timeout.toNanos();
    LongSupplier nanosLeft = () -> Math.max(end - System.nanoTime(), 0);
    Dispatch dispatch = new Dispatch(this, call, asked, nanosLeft, done);
    if (service == null) {
      dispatch.begin(null);
    } else {
      service.go(call, asked, dispatch::served);
    }
  }
}

package org.caravanserai.pubsub.internal.ws;

import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that a client has and has not acknowledged.
 *
 * @param delivery the message
 * @param consumer what it came by
 * @param other another message of the same id, which came before; {@code null} for none
 */
record HeldMessage(Delivery delivery, SocketConsumer consumer, @Nullable HeldMessage other) {

  private static final Logger LOG = LoggerFactory.getLogger(HeldMessage.class);

  int size() {
    return delivery.message().data().length;
  }

  /** The same behind others of its id. */
  HeldMessage after(HeldMessage before) {
    return new HeldMessage(delivery, consumer, before);
  }

  /**
   * The client is done with it.
   *
   * @param told what becomes of that; told nothing if the queue has it back already
   * @return whether it was still held
   */
  boolean acknowledge(Confirmation told) {
    boolean was =
        delivery.acknowledge(
            new Confirmation() {
              @Override
              public void confirmed() {
                consumer.ended(HeldMessage.this);
                told.confirmed();
              }

              @Override
              public void failed(BrokerException failure) {
                LOG.warn(
                    "{}: an acknowledgement is lost: {}", delivery.queue(), failure.getMessage());
                consumer.ended(HeldMessage.this);
                told.failed(failure);
              }
            });
    if (!was) {
      consumer.ended(this);
    }
    return was;
  }

  /** The client gives it back. */
  void release() {
    consumer.returns().take(delivery);
    consumer.ended(this);
  }
}

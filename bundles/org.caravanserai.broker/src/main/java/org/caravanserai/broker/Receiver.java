package org.caravanserai.broker;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the messages of one queue. */
@ConsumerType
public interface Receiver {

  /**
   * Whether it takes a message now. On a thread of the broker that holds the queue: it must neither
   * block nor call the broker. After it has said no it is asked again when {@link
   * Consumption#resume} was called.
   */
  boolean isReady();

  /**
   * Takes a message, after {@link #isReady} said yes. On a thread of the broker: it must not block.
   */
  void receive(Delivery delivery);

  /** The queue has been deleted, or the broker stops. */
  void gone();
}

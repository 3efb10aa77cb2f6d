package org.caravanserai.broker;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A message that somebody works on. It ends by the first of {@link #acknowledge}, {@link #release},
 * {@link #reject} or the end of the consumption; what comes later does nothing.
 */
@ProviderType
public interface Delivery {

  /** The message. */
  Message message();

  /** The queue that it came from. */
  String queue();

  /** The broker's number of it, which grows from message to message. */
  long number();

  /** How often it has been delivered, this time included. */
  int count();

  /**
   * Whether it may have been delivered before a crash of the server: it was stored before this
   * start, and the server did not end in order.
   */
  boolean maybeRedelivered();

  /**
   * It is done with.
   *
   * @param confirmation told once the disk knows: it never comes again then, not even after a crash
   * @return whether it was still held; the confirmation is told nothing if not
   */
  boolean acknowledge(Confirmation confirmation);

  /**
   * Gives it back to the queue, in its old place.
   *
   * @param counts whether that counts as a delivery
   */
  void release(boolean counts);

  /**
   * Moves it to another queue in one step.
   *
   * @param target the queue
   * @param message what is put there in its place
   * @param confirmation told when it is done; if it fails the message is held as before
   */
  void reject(String target, Message message, Confirmation confirmation);
}

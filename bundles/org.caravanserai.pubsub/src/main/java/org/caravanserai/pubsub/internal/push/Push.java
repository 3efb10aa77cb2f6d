package org.caravanserai.pubsub.internal.push;

/** A queue that is being pushed. */
public interface Push extends AutoCloseable {

  /** Goes on by other rules, or to another target; what is on its way ends as it began. */
  void change(PushRules rules, PushTarget target);

  /** What has become of its messages. */
  PushStatus status();

  /** Whether it still is: the queue has not been deleted. */
  boolean isOpen();

  /** Ends it; what is on its way ends as it began, and what is not delivered stays in the queue. */
  @Override
  void close();
}

package org.caravanserai.pubsub.internal;

/**
 * Is told of subscriptions, one change at a time. It must not wait for other systems, and must not
 * change subscriptions meanwhile.
 */
public interface SubscriptionObserver {

  /**
   * A subscription is in operation, or its settings have changed; its queue is in the broker. Told
   * at once, when the observer begins, of those that are there.
   */
  void opened(Subscription subscription);

  /**
   * A subscription is not in operation any more. Its queue may be there still, and is about to go
   * if the subscription was taken away.
   */
  void closed(Subscription subscription);
}

package org.caravanserai.routes.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Lets a consumer begin no poll any more, and end the one that it is in.
 *
 * <p>Camel asks whether a consumer is suspended before it counts the poll as begun, so that a poll
 * may slip in between and is seen by nobody. It asks this here after it has counted.
 */
final class PausedPolls implements PollingConsumerPollStrategy {

  private final PollingConsumerPollStrategy strategy;

  private PausedPolls(PollingConsumerPollStrategy strategy) {
    this.strategy = strategy;
  }

  /** Pauses the polls of a consumer for good. */
  static void of(ScheduledPollConsumer consumer) {
    consumer.setPollStrategy(new PausedPolls(consumer.getPollStrategy()));
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return false;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    strategy.commit(consumer, endpoint, polledMessages);
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause)
      throws Exception {
    return strategy.rollback(consumer, endpoint, retryCounter, cause);
  }
}

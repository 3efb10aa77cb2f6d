package org.caravanserai.pubsub.internal.kind;

import java.util.function.Function;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.spi.LiveObject;

/**
 * A topic or queue in operation.
 *
 * @param <C> the record of its kind
 */
final class LiveTopic<C extends Record> implements LiveObject<C> {

  private final Topics topics;
  private final Function<C, Topic> reading;
  private Topic topic;

  LiveTopic(Topics topics, Function<C, Topic> reading, C object) {
    this.topics = topics;
    this.reading = reading;
    this.topic = reading.apply(object);
    topics.open(topic);
  }

  @Override
  public synchronized void replace(C object) {
    Topic next = reading.apply(object);
    topics.open(next);
    topic = next;
  }

  @Override
  public synchronized void removed() {
    topics.remove(topic);
  }

  @Override
  public synchronized void close() {
    topics.close(topic);
  }
}

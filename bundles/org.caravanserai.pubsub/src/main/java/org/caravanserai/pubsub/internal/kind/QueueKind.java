package org.caravanserai.pubsub.internal.kind;

import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code pubsub_queue}. */
@Component(service = ObjectKind.class, immediate = true)
public final class QueueKind implements ObjectKind<PubSubQueue> {

  private final Topics topics;

  /** A kind without objects. */
  @Activate
  public QueueKind(@Reference Topics topics) {
    this.topics = topics;
  }

  @Override
  public String name() {
    return "pubsub_queue";
  }

  @Override
  public String help() {
    return "Messages published to it go to one of those who receive from it.";
  }

  @Override
  public Class<PubSubQueue> type() {
    return PubSubQueue.class;
  }

  @Override
  public void validate(PubSubQueue object) throws InvalidObjectException {
    TopicFields.check(object.name(), object.maxMessageSize());
  }

  @Override
  public LiveObject<PubSubQueue> open(PubSubQueue object) {
    return new LiveTopic<>(topics, TopicFields::topic, object);
  }
}

package org.caravanserai.pubsub.internal.kind;

import java.util.regex.Pattern;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code pubsub_topic}. */
@Component(service = ObjectKind.class, immediate = true)
public final class TopicKind implements ObjectKind<PubSubTopic> {

  private static final Pattern ADDRESS =
      Pattern.compile("(amqps?://[^\\s/?]+|failover:\\(.+\\))\\S*");

  private final Topics topics;
  private final RemoteLinks links;

  /** A kind without objects. */
  @Activate
  public TopicKind(@Reference Topics topics, @Reference RemoteLinks links) {
    this.topics = topics;
    this.links = links;
  }

  @Override
  public String name() {
    return "pubsub_topic";
  }

  @Override
  public String help() {
    return "Messages published to it go to each of its subscriptions.";
  }

  @Override
  public Class<PubSubTopic> type() {
    return PubSubTopic.class;
  }

  @Override
  public void validate(PubSubTopic object) throws InvalidObjectException {
    TopicFields.check(object.name(), object.maxMessageSize());
    boolean isRemote = object.backendType() == PubSubTopic.BackendType.AMQP;
    if (isRemote != object.remote().isPresent()) {
      throw new InvalidObjectException(
          "remote",
          isRemote ? "missing: backend_type amqp needs it" : "makes no sense for builtin");
    }
    if (isRemote && !ADDRESS.matcher(object.remote().get().address()).matches()) {
      throw new InvalidObjectException(
          "remote", "address: expected such as amqp://broker:5672 or amqps://broker:5671");
    }
  }

  @Override
  public LiveObject<PubSubTopic> open(PubSubTopic object) {
    return new RemoteLiveTopic(new LiveTopic<>(topics, TopicFields::topic, object), links, object);
  }
}

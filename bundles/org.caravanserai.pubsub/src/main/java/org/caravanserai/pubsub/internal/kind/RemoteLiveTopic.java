package org.caravanserai.pubsub.internal.kind;

import org.caravanserai.pubsub.internal.remote.RemoteLink;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.caravanserai.pubsub.internal.remote.RemoteTopic;
import org.caravanserai.spi.LiveObject;
import org.jspecify.annotations.Nullable;

/** A topic in operation, which may be shared over an external broker. */
final class RemoteLiveTopic implements LiveObject<PubSubTopic> {

  private final LiveTopic<PubSubTopic> topic;
  private final RemoteLinks links;
  private @Nullable RemoteLink link;

  RemoteLiveTopic(LiveTopic<PubSubTopic> topic, RemoteLinks links, PubSubTopic object) {
    this.topic = topic;
    this.links = links;
    follow(object);
  }

  private void follow(PubSubTopic object) {
    RemoteTopic wanted =
        object
            .remote()
            .map(
                remote ->
                    new RemoteTopic(
                        object.name(),
                        remote.address(),
                        remote.name().orElse(object.name()),
                        remote.username(),
                        remote.password()))
            .orElse(null);
    RemoteLink before = link;
    if (before != null && before.remote().equals(wanted)) {
      return;
    }
    if (before != null) {
      link = null;
      if (wanted == null) {
        before.end();
      }
      before.close();
    }
    if (wanted != null) {
      link = links.open(wanted, object.maxDepth());
    }
  }

  @Override
  public synchronized void replace(PubSubTopic object) {
    topic.replace(object);
    follow(object);
  }

  @Override
  public synchronized void removed() {
    if (link != null) {
      link.end();
      link.close();
      link = null;
    }
    topic.removed();
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      link.close();
      link = null;
    }
    topic.close();
  }
}

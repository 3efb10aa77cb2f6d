package org.caravanserai.pubsub.internal.desk;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.pubsub.QueueStatus;
import org.caravanserai.pubsub.QueueStatus.PushInfo;
import org.caravanserai.pubsub.TopicStatus;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.push.Pushes;
import org.caravanserai.pubsub.internal.remote.RemoteLink;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;

/** Topics and queues as operators see them. */
final class QueueViews {

  private static final double NEARLY_FULL = 0.8;

  private final Broker broker;
  private final Topics topics;
  private final RemoteLinks links;
  private final Pushes pushes;
  private final Rates rates;

  QueueViews(Broker broker, Topics topics, RemoteLinks links, Pushes pushes, Rates rates) {
    this.broker = broker;
    this.topics = topics;
    this.links = links;
    this.pushes = pushes;
    this.rates = rates;
  }

  List<TopicStatus> topics() {
    Map<String, List<QueueInfo>> byAddress =
        broker.queues().stream().collect(Collectors.groupingBy(QueueInfo::address));
    return topics.all().stream()
        .filter(topic -> topic.type() == Topic.Type.TOPIC)
        .map(topic -> topic(topic, byAddress.getOrDefault(topic.name(), List.of())))
        .toList();
  }

  private TopicStatus topic(Topic topic, List<QueueInfo> queues) {
    long depth = queues.stream().mapToLong(QueueInfo::depth).max().orElse(0);
    return new TopicStatus(
        topic.name(),
        queues.size(),
        depth,
        topic.maxDepth(),
        isNearlyFull(depth, topic.maxDepth()),
        links.find(topic.name()).map(RemoteLink::status));
  }

  List<QueueStatus> queues() {
    List<QueueInfo> all = broker.queues();
    Map<String, Long> dead =
        all.stream()
            .filter(queue -> QueueNames.origin(queue.name()).isPresent())
            .collect(
                Collectors.toMap(
                    queue -> QueueNames.origin(queue.name()).orElseThrow(), QueueInfo::depth));
    return all.stream()
        .map(queue -> queue(queue, dead.getOrDefault(queue.name(), 0L)))
        .sorted(Comparator.comparing(QueueStatus::name))
        .toList();
  }

  Optional<QueueStatus> queue(String name) {
    return broker.queue(name).map(queue -> queue(queue, dead(name)));
  }

  private long dead(String name) {
    return broker.queue(QueueNames.dead(name)).map(QueueInfo::depth).orElse(0L);
  }

  private QueueStatus queue(QueueInfo queue, long dead) {
    Rates.Rate rate = rates.of(queue.name());
    Optional<Long> maxDepth =
        Optional.ofNullable(topics.find(queue.address())).map(Topic::maxDepth);
    return new QueueStatus(
        queue.name(),
        kind(queue),
        queue.address(),
        queue.owner(),
        queue.filter(),
        queue.enabled(),
        queue.depth(),
        maxDepth,
        maxDepth.filter(most -> isNearlyFull(queue.depth(), most)).isPresent(),
        queue.delivering(),
        queue.consumers(),
        rate.in(),
        rate.out(),
        queue.added(),
        queue.acknowledged(),
        Optional.of(queue.oldestAt()).filter(time -> time > 0).map(QueueViews::seconds),
        dead,
        pushes
            .status(queue.name())
            .map(
                push ->
                    new PushInfo(
                        push.running(),
                        push.aside(),
                        push.delivered(),
                        push.failures(),
                        push.lastFailure())));
  }

  private static boolean isNearlyFull(long depth, long maxDepth) {
    return depth >= maxDepth * NEARLY_FULL;
  }

  private static long seconds(long since) {
    return Math.max(0, TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis() - since));
  }

  private String kind(QueueInfo queue) {
    String name = queue.name();
    if (QueueNames.origin(name).isPresent()) {
      return "dead";
    }
    if (QueueNames.serviceOf(name).isPresent() || name.equals(QueueNames.FAN_OUT)) {
      return "service";
    }
    if (queue.owner().filter(owner -> name.equals(owner + "/" + queue.address())).isPresent()) {
      return "subscription";
    }
    Topic topic = topics.find(name);
    return topic != null && topic.type() == Topic.Type.QUEUE ? "queue" : "client";
  }
}

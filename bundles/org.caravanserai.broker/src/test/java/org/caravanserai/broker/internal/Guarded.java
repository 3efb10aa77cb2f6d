package org.caravanserai.broker.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A broker with the topics {@code orders.eu}, {@code orders.us}, {@code secret} and the queue
 * {@code jobs}. {@code shop} may publish to all but {@code secret}, {@code crm} may receive {@code
 * orders.eu} and {@code jobs}, {@code erp} everything; the password of each is {@code right}.
 */
final class Guarded implements BrokerAccess, AutoCloseable {

  static final String EU = "orders.eu";
  static final String US = "orders.us";
  static final String SECRET = "secret";
  static final String JOBS = "jobs";

  private final Map<String, Set<String>> publish = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> subscribe = new ConcurrentHashMap<>();
  final EmbeddedBroker broker;

  /** Who was turned away. */
  final List<String> refused = new CopyOnWriteArrayList<>();

  Guarded(Path data) throws Exception {
    publish.put("shop", Set.of(EU, US, JOBS));
    publish.put("erp", Set.of(SECRET, EU));
    subscribe.put("crm", ConcurrentHashMap.newKeySet());
    subscribe.get("crm").addAll(Set.of(EU, JOBS));
    subscribe.put("erp", Set.of(EU, US, SECRET));
    broker = EmbeddedBroker.start(data, this);
    for (String topic : List.of(EU, US, SECRET)) {
      broker.openTopic(topic, new AddressLimits(1000));
    }
    broker.openQueue(
        new QueueDefinition(JOBS, JOBS, Optional.empty(), Optional.empty(), true, 1000));
    subscription("crm", EU);
    subscription("erp", EU);
  }

  private void subscription(String owner, String topic) {
    broker.openQueue(
        new QueueDefinition(
            owner + "/" + topic, topic, Optional.of(owner), Optional.empty(), true, 0));
  }

  @Override
  public void refused(String user, String address) {
    refused.add(user + " from " + address);
  }

  /** Takes a permission away, at once. */
  void revoke(String definition, String topic) {
    subscribe.get(definition).remove(topic);
    broker.accessChanged(definition);
  }

  /** What waits for a definition's own subscription. */
  List<Message> waiting(String queue) {
    return broker.browse(queue, message -> true, 0, 100).stream()
        .map(stored -> stored.message())
        .toList();
  }

  /** Publishes from inside. */
  void publish(String topic, String text) throws Exception {
    publish(
        Message.of("id-" + text, topic, text.getBytes(StandardCharsets.UTF_8), Message.Format.TEXT)
            .build());
  }

  /** Publishes from inside. */
  void publish(Message message) throws Exception {
    Told told = new Told();
    broker.publish(message.topic(), message, told);
    told.confirmedInTime();
  }

  @Override
  public @Nullable String authenticate(String user, String password) {
    boolean known = publish.containsKey(user) || subscribe.containsKey(user);
    return known && password.equals("right") ? user : null;
  }

  @Override
  public boolean mayPublish(String definition, String address) {
    return publish.getOrDefault(definition, Set.of()).contains(address);
  }

  @Override
  public boolean maySubscribe(String definition, String address) {
    return subscribe.getOrDefault(definition, Set.of()).contains(address);
  }

  @Override
  public void close() {
    broker.close();
  }
}

package org.caravanserai.broker.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.Bindings;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.jspecify.annotations.Nullable;

/** How much each address may hold. */
final class Limits {

  private final ActiveMQServer server;
  private final Map<String, Long> depths = new ConcurrentHashMap<>();
  private final Map<String, String> diverted = new ConcurrentHashMap<>();

  Limits(ActiveMQServer server) {
    this.server = server;
  }

  void set(String address, long maxDepth) {
    depths.put(address, maxDepth);
  }

  void forget(String address) {
    depths.remove(address);
  }

  /** What is published to a topic goes to another queue. */
  void divert(String topic, String queue) {
    diverted.put(topic, queue);
  }

  /** It stays with the topic. */
  void undivert(String topic) {
    diverted.remove(topic);
  }

  /** Whether one of an address' queues holds as much as it may. */
  boolean isFull(String address) {
    String elsewhere = diverted.get(address);
    return isItselfFull(address) || (elsewhere != null && isItselfFull(elsewhere));
  }

  private boolean isItselfFull(String address) {
    Long limit = depths.get(address);
    Bindings bindings = limit == null ? null : bindings(address);
    if (limit == null || bindings == null) {
      return false;
    }
    for (Binding binding : bindings.getBindings()) {
      if (binding.getBindable() instanceof Queue queue
          && queue.getMessageCount() >= limit
          && !Place.isWildcard(queue.getAddress().toString())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Bindings bindings(String address) {
    try {
      return server.getPostOffice().lookupBindingsForAddress(SimpleString.of(address));
    } catch (Exception e) {
      return null;
    }
  }
}

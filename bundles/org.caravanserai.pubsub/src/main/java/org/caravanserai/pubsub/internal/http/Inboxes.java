package org.caravanserai.pubsub.internal.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.caravanserai.broker.Broker;
import org.caravanserai.pubsub.internal.push.Returns;

/** The inboxes of all security definitions that have fetched something. */
final class Inboxes {

  private final Broker broker;
  private final Workers workers;
  private final Returns returns;
  private final ConcurrentMap<String, Inbox> inboxes = new ConcurrentHashMap<>();

  Inboxes(Broker broker, Workers workers, Returns returns) {
    this.broker = broker;
    this.workers = workers;
    this.returns = returns;
  }

  /** The one of a definition. */
  Inbox of(String definition) {
    return inboxes.computeIfAbsent(definition, name -> new Inbox(broker, workers, returns));
  }

  /** Lets all go that wait for messages. */
  void endWaiting() {
    inboxes.values().forEach(Inbox::endWaiting);
  }
}

package org.caravanserai.pubsub.internal.access;

import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The same permissions for clients of the broker's own protocols. */
@Component(service = BrokerAccess.class)
public final class NetworkAccess implements BrokerAccess {

  private final Permissions permissions;
  private final Topics topics;

  /** For topics and queues that are active. */
  @Activate
  public NetworkAccess(@Reference Permissions permissions, @Reference Topics topics) {
    this.permissions = permissions;
    this.topics = topics;
  }

  @Override
  public @Nullable String authenticate(String user, String password) {
    return permissions.login(user, password);
  }

  @Override
  public void refused(String user, String address) {
    permissions.refused(user, address, "broker");
  }

  @Override
  public boolean mayPublish(String definition, String address) {
    return permissions.mayPublish(definition, address) && isActive(address);
  }

  @Override
  public boolean maySubscribe(String definition, String address) {
    return permissions.maySubscribe(definition, address) && isActive(address);
  }

  /** The broker tells spellings apart, so there is one only that may be used. */
  private boolean isActive(String address) {
    Topic topic = topics.find(address);
    return topic != null && topic.name().equals(address);
  }
}

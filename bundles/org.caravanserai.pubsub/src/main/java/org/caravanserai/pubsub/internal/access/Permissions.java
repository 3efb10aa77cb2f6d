package org.caravanserai.pubsub.internal.access;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.caravanserai.broker.Broker;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.SecurityDefinitions;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What each security definition may do, by the {@code pubsub_permission} objects in operation.
 * Those who have none may not even log in. Whoever may lose something is told to the broker, which
 * ends the connections that were made under it.
 */
@Component(service = {Rights.class, Permissions.class})
public final class Permissions implements Rights {

  private final Broker broker;
  private final DefinitionSet definitions;
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, Permission> permissions = new ConcurrentHashMap<>();

  /**
   * What one definition may do.
   *
   * @param publish to what it may publish
   * @param subscribe from what it may receive
   */
  private record Permission(TopicPatterns publish, TopicPatterns subscribe) {}

  /** Nobody may do anything yet. */
  @Activate
  public Permissions(@Reference SecurityDefinitions security, @Reference Broker broker) {
    this.broker = broker;
    this.definitions = security.set("pubsub", this::changed);
  }

  /** Tells somebody of each definition that may not be what it was, or may not do what it might. */
  public void watch(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  /** Tells them no more. */
  public void unwatch(Consumer<String> watcher) {
    watchers.remove(watcher);
  }

  private void changed(String definition) {
    broker.accessChanged(definition);
    watchers.forEach(watcher -> watcher.accept(definition));
  }

  /** Nobody may do anything any more. */
  @Deactivate
  void stop() {
    definitions.close();
  }

  /** Whether a caller of the REST interface is one of those who have a permission. */
  public Authenticator authenticator() {
    return definitions.authenticator();
  }

  /** As {@link DefinitionSet#login}. */
  @Nullable String login(String user, String password) {
    return definitions.login(user, password);
  }

  /** As {@link DefinitionSet#refused}. */
  void refused(String user, String address, String target) {
    definitions.refused(user, address, target);
  }

  /**
   * A definition may do this, and nothing else, from now on.
   *
   * @param publish patterns of what it may publish to
   * @param subscribe patterns of what it may receive from
   * @throws IllegalArgumentException if one is no pattern
   */
  public synchronized void grant(String definition, List<String> publish, List<String> subscribe) {
    Permission before =
        permissions.put(
            definition, new Permission(new TopicPatterns(publish), new TopicPatterns(subscribe)));
    if (before == null) {
      definitions.choose(Set.copyOf(permissions.keySet()));
    } else {
      changed(definition);
    }
  }

  /** A definition may do nothing any more. */
  public synchronized void revoke(String definition) {
    if (permissions.remove(definition) != null) {
      definitions.choose(Set.copyOf(permissions.keySet()));
      changed(definition);
    }
  }

  @Override
  public boolean mayPublish(String definition, String topic) {
    Permission permission = permissions.get(definition);
    return permission != null && permission.publish().allow(topic);
  }

  @Override
  public boolean maySubscribe(String definition, String topic) {
    Permission permission = permissions.get(definition);
    return permission != null && permission.subscribe().allow(topic);
  }
}

package org.caravanserai.pubsub.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.Channel;
import org.caravanserai.broker.Broker;
import org.caravanserai.http.Gate;
import org.caravanserai.http.Health;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.access.Permissions;
import org.caravanserai.pubsub.internal.push.Returns;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.spi.ReadinessCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The REST interface of publish/subscribe on the traffic listener. */
@Component(service = ReadinessCheck.class, immediate = true, configurationPid = PubSubSettings.PID)
@Designate(ocd = PubSubSettings.class)
public final class PubSubRest implements ReadinessCheck {

  private static final String KIND = "pubsub";
  private static final long LOOK_MILLIS = 500;

  private final TrafficRoutes traffic;
  private final Workers workers;
  private final Inboxes inboxes;
  private final Health health;
  private final Gate gate;
  private final RateLimiter limits;
  private final List<Registration> routes = new ArrayList<>();
  private boolean wasReady;

  /** Opens it. */
  @Activate
  public PubSubRest(
      PubSubSettings settings,
      @Reference TrafficRoutes traffic,
      @Reference Health health,
      @Reference Broker broker,
      @Reference Permissions permissions,
      @Reference RateLimits rates,
      @Reference Topics topics,
      @Reference Subscriptions subscriptions,
      @Reference Publisher publisher,
      @Reference Returns returns)
      throws RouteConflictException {
    this.traffic = traffic;
    this.health = health;
    workers = new Workers(settings.rest__threads(), settings.rest__backlog());
    inboxes = new Inboxes(broker, workers, returns);
    limits = rates.open(KIND, "rest", "pubsub");
    gate =
        new Gate(
            new Channel(KIND, "rest", Optional.empty()),
            List.of(permissions.authenticator()),
            limits);
    Calls calls = new Calls(workers);
    SubscribeEndpoints subscribing =
        new SubscribeEndpoints(permissions, topics, subscriptions, calls);
    SettleEndpoint settling = new SettleEndpoint(inboxes, calls);
    add("publish", "/pubsub/topic/{topic}", new PublishEndpoint(publisher, calls));
    add("subscribe", "/pubsub/subscribe/topic/{topic}", subscribing::subscribe);
    add("unsubscribe", "/pubsub/unsubscribe/topic/{topic}", subscribing::unsubscribe);
    add(
        "get",
        "/pubsub/messages/get",
        new FetchEndpoint(settings, permissions, topics, subscriptions, inboxes, calls));
    add("ack", "/pubsub/messages/ack", settling::acknowledge);
    add("nack", "/pubsub/messages/nack", settling::release);
    workers.later(LOOK_MILLIS, this::look);
  }

  private void add(String name, String path, Endpoint endpoint) throws RouteConflictException {
    routes.add(
        traffic.addPubSub(
            new TrafficRoute(
                KIND,
                name,
                PathTemplate.parse(path),
                Set.of("POST"),
                exchange ->
                    gate.pass(
                        exchange,
                        (inside, channel) ->
                            handle(endpoint, inside, channel.user().orElseThrow())))));
  }

  private static void handle(Endpoint endpoint, TrafficExchange exchange, String definition) {
    Answers.attempt(exchange, () -> endpoint.handle(exchange, definition));
  }

  @Override
  public String name() {
    return KIND;
  }

  /** It is ready while it is there. */
  @Override
  public Optional<String> reason() {
    return Optional.empty();
  }

  /** A server that is about to stop does not wait for those who wait for messages. */
  private void look() {
    boolean ready = health.ready();
    wasReady |= ready;
    if (wasReady && !ready) {
      inboxes.endWaiting();
    }
    workers.later(LOOK_MILLIS, this::look);
  }

  /** Closes it. */
  @Deactivate
  public void close() {
    routes.forEach(Registration::close);
    inboxes.endWaiting();
    limits.close();
    workers.close();
  }
}

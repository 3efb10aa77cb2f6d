package org.caravanserai.pubsub.internal.ws;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanserai.api.Channel;
import org.caravanserai.broker.Broker;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.http.UpgradeRefusal;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.access.Permissions;
import org.caravanserai.pubsub.internal.push.Returns;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** {@code GET /pubsub/ws} in operation. */
@Component(
    service = PubSubWebSockets.class,
    immediate = true,
    configurationPid = "org.caravanserai.pubsub.websocket")
@Designate(ocd = SocketSettings.class)
public final class PubSubWebSockets {

  private static final Channel CHANNEL = new Channel("pubsub", "websocket", Optional.empty());
  private static final long IDLE_SECONDS = 10;

  private final Subscriptions subscriptions;
  private final Permissions permissions;
  private final ThreadPoolExecutor threads;
  private final SocketEndpoint endpoint;
  private final Consumer<String> revocation;
  private final RateLimiter limits;
  private final Gate gate;
  private final TrafficRoutes.Registration route;

  /**
   * Lets clients in.
   *
   * @throws RouteConflictException if another one has the path
   */
  @Activate
  public PubSubWebSockets(
      SocketSettings settings,
      @Reference TrafficRoutes routes,
      @Reference Broker broker,
      @Reference Publisher publisher,
      @Reference Topics topics,
      @Reference Subscriptions subscriptions,
      @Reference Permissions permissions,
      @Reference RateLimits rates,
      @Reference Returns returns)
      throws RouteConflictException {
    this.subscriptions = subscriptions;
    this.permissions = permissions;
    threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "pubsub-websocket");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    SocketWork work =
        new SocketWork(
            broker,
            publisher,
            topics,
            subscriptions,
            permissions,
            returns,
            SocketLimits.of(settings),
            threads);
    endpoint = new SocketEndpoint(work, settings.max__frame__size());
    limits = rates.open(CHANNEL.kind(), CHANNEL.name(), "pubsub");
    gate = new Gate(CHANNEL, List.of(permissions.authenticator()), limits);
    revocation = endpoint::revoke;
    permissions.watch(revocation);
    subscriptions.observe(endpoint);
    route =
        routes.addPubSub(
            new TrafficRoute(
                CHANNEL.kind(),
                CHANNEL.name(),
                PathTemplate.parse("/pubsub/ws"),
                Set.of("GET"),
                exchange -> gate.pass(exchange, this::connect)));
  }

  private void connect(TrafficExchange exchange, Channel channel) {
    UpgradeRefusal refusal = endpoint.connect(exchange, channel.user().orElseThrow());
    if (refusal != null) {
      exchange.error(refusal.status(), refusal.details());
    }
  }

  /** How many clients are connected. */
  int count() {
    return endpoint.count();
  }

  /** Lets nobody in any more, and disconnects all. */
  @Deactivate
  public void stop() {
    route.close();
    subscriptions.unobserve(endpoint);
    permissions.unwatch(revocation);
    endpoint.stop();
    limits.close();
    threads.shutdown();
  }
}

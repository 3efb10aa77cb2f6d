package org.caravanserai.pubsub.internal.ws;

import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.MessageIds;
import org.caravanserai.pubsub.internal.PubSubServer;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.access.Permissions;
import org.caravanserai.security.internal.limit.QuotaTiers;

/** All that a client by WebSocket meets, from the traffic listener to the broker's disk. */
final class SocketServer implements AutoCloseable {

  final PubSubServer server;
  final Broker broker;
  final Topics topics;
  final Subscriptions subscriptions;
  final Permissions permissions;
  final PubSubWebSockets sockets;
  private final HttpClient client = HttpClient.newHttpClient();

  SocketServer(Path folder, Map<String, Object> settings) throws Exception {
    server = new PubSubServer(folder.resolve("broker"));
    broker = server.broker;
    topics = server.topics;
    subscriptions = server.subscriptions;
    permissions = server.permissions;
    sockets =
        new PubSubWebSockets(
            settings(settings),
            server.traffic,
            broker,
            server.publisher,
            topics,
            subscriptions,
            permissions,
            new QuotaTiers(),
            server.returns);
  }

  private static SocketSettings settings(Map<String, Object> changed) {
    return (SocketSettings)
        Proxy.newProxyInstance(
            SocketServer.class.getClassLoader(),
            new Class<?>[] {SocketSettings.class},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  /** A user who may publish to and receive from all that matches. */
  void member(String name, List<String> publish, List<String> subscribe) throws Exception {
    server.user(name);
    permissions.grant(name, publish, subscribe);
  }

  /** Publishes a text as the server itself, and waits until it is on the disk. */
  void publish(String topic, String text) throws Exception {
    CompletableFuture<Void> told = new CompletableFuture<>();
    broker.publish(
        topic,
        Message.of(
                MessageIds.next(),
                topic,
                text.getBytes(StandardCharsets.UTF_8),
                Message.Format.TEXT)
            .build(),
        new Confirmation() {
          @Override
          public void confirmed() {
            told.complete(null);
          }

          @Override
          public void failed(BrokerException failure) {
            told.completeExceptionally(failure);
          }
        });
    told.get(20, TimeUnit.SECONDS);
  }

  /** Opens a topic. */
  void topic(String name) {
    topics.open(new Topic(name, Topic.Type.TOPIC, 100_000, 1_000_000));
  }

  /** Connects with the Basic credentials of a user. */
  SocketClient connect(String user) throws Exception {
    return connect("Authorization", basic(user));
  }

  /** Connects with a header. */
  SocketClient connect(String header, String value) throws Exception {
    return SocketClient.connect(client, server.port, header, value);
  }

  static String basic(String user) {
    return PubSubServer.basic(user, "pw");
  }

  /** A request that asks for no WebSocket. */
  PubSubServer.Answer get(String... headers) throws Exception {
    java.net.http.HttpRequest.Builder request = server.request("/pubsub/ws");
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Override
  public void close() {
    sockets.stop();
    server.close();
  }
}

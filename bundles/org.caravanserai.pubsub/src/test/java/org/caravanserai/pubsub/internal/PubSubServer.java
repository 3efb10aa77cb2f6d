package org.caravanserai.pubsub.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.internal.EmbeddedBroker;
import org.caravanserai.http.internal.HealthService;
import org.caravanserai.http.internal.HttpSettings;
import org.caravanserai.http.internal.TrafficRoutesService;
import org.caravanserai.http.internal.TrafficServer;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.pubsub.internal.access.NetworkAccess;
import org.caravanserai.pubsub.internal.access.Permissions;
import org.caravanserai.pubsub.internal.http.PubSubRest;
import org.caravanserai.pubsub.internal.kind.PermissionKind;
import org.caravanserai.pubsub.internal.kind.PubSubPermission;
import org.caravanserai.pubsub.internal.kind.PubSubQueue;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription;
import org.caravanserai.pubsub.internal.kind.PubSubTopic;
import org.caravanserai.pubsub.internal.kind.QueueKind;
import org.caravanserai.pubsub.internal.kind.SubscriptionKind;
import org.caravanserai.pubsub.internal.kind.TopicKind;
import org.caravanserai.pubsub.internal.push.Returns;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.caravanserai.security.RateRule;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.security.TimeRange;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.definition.DefinitionSettings;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.definition.SecurityKind;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.framework.BundleContext;

/** All of publish/subscribe, from the socket to the disk, without a container. */
public final class PubSubServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  public final EmbeddedBroker broker;
  public final Topics topics;
  public final Subscriptions subscriptions;
  public final Permissions permissions;
  public final BrokerAccess access;
  public final Publisher publisher;
  public final Returns returns;
  public final TrafficRoutesService traffic;
  public final MetricsComponent metrics = new MetricsComponent();
  public final HealthService health;
  public final int port;

  private final Handles handles = new Handles();
  private final QuotaTiers rates = new QuotaTiers();
  private final TrafficServer http;
  private final PubSubRest rest;
  private final SecurityKind security;
  private final HttpClient client = HttpClient.newHttpClient();

  public PubSubServer(Path data) throws Exception {
    this(data, Map.of());
  }

  public PubSubServer(Path data, Map<String, Object> settings) throws Exception {
    BrokerAccess[] late = new BrokerAccess[1];
    broker = EmbeddedBroker.start(data, new LateAccess(late));
    topics = new Topics(broker);
    subscriptions = new Subscriptions(broker, topics);
    permissions = new Permissions((SecurityDefinitions) handles, broker);
    access = new NetworkAccess(permissions, topics);
    late[0] = access;
    publisher = new Publisher(broker, topics, permissions);
    returns = new Returns(Objects.settings(PubSubSettings.class, settings), broker);
    traffic = new TrafficRoutesService(metrics);
    HttpSettings httpSettings =
        Objects.settings(
            HttpSettings.class,
            Map.of("port", 0, "required__checks", new String[0], "stop__delay", 0));
    health = new HealthService(httpSettings);
    CertificatePlaces certificates = new CertificatePlaces(metrics);
    http = new TrafficServer(noBundles(), httpSettings, traffic, health, metrics, certificates);
    port = http.port();
    rest =
        new PubSubRest(
            Objects.settings(PubSubSettings.class, settings),
            traffic,
            health,
            broker,
            permissions,
            rates,
            topics,
            subscriptions,
            publisher,
            returns);
    security =
        new SecurityKind(
            Objects.settings(DefinitionSettings.class, Map.of()), handles, rates, certificates);
  }

  private record LateAccess(BrokerAccess[] late) implements BrokerAccess {

    @Override
    public String authenticate(String user, String password) {
      return late[0].authenticate(user, password);
    }

    @Override
    public boolean mayPublish(String definition, String address) {
      return late[0].mayPublish(definition, address);
    }

    @Override
    public boolean maySubscribe(String definition, String address) {
      return late[0].maySubscribe(definition, address);
    }
  }

  private static BundleContext noBundles() {
    return (BundleContext)
        Proxy.newProxyInstance(
            PubSubServer.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> null);
  }

  /**
   * A definition of {@code basic_auth} whose user is called as it, with the password {@code pw}.
   */
  public Definition<?> user(String name) throws Exception {
    return open(security, name, basicAuth(name, "pw"));
  }

  /** The same, who may call so often a day. */
  public Definition<?> user(String name, long calls) throws Exception {
    RateRule rule =
        new RateRule(
            List.of("0.0.0.0/0"),
            List.of(Objects.of(TimeRange.class, "limit", Optional.of(calls), "limitUnit", "day")));
    return open(security, name, with(basicAuth(name, "pw"), "rateLimiting", List.of(rule)));
  }

  private static Object[] basicAuth(String name, String password) {
    return new Object[] {
      "type", "basic_auth", "username", Optional.of(name), "password", Optional.of(password)
    };
  }

  /** A definition of {@code apikey}. */
  public Definition<?> key(String name, String key) throws Exception {
    return open(security, name, "type", "apikey", "password", Optional.of(key));
  }

  private static <C extends Record> Definition<C> open(
      ObjectKind<C> kind, String name, Object... fields) throws Exception {
    return new Definition<>(
        kind, name, kind.open(Objects.of(kind.type(), with(fields, "name", name))));
  }

  /** A security definition in operation. */
  public record Definition<C extends Record>(ObjectKind<C> kind, String name, LiveObject<C> live) {

    /** Gives it another password. */
    public void password(String password) throws Exception {
      live.replace(Objects.of(kind.type(), with(basicAuth(name, password), "name", name)));
    }
  }

  /** A user who may publish to and receive from all that matches. */
  public LiveObject<PubSubPermission> member(String name, String... patterns) throws Exception {
    user(name);
    return permit(name, List.of(patterns), List.of(patterns));
  }

  public LiveObject<PubSubPermission> permit(String name, List<String> pub, List<String> sub) {
    return new PermissionKind(permissions).open(permission(name, pub, sub));
  }

  public static PubSubPermission permission(String name, List<String> pub, List<String> sub) {
    return Objects.of(PubSubPermission.class, "security", name, "pub", pub, "sub", sub);
  }

  public LiveObject<PubSubTopic> topic(String name, Object... changes) {
    return new TopicKind(topics, new RemoteLinks(broker))
        .open(Objects.of(PubSubTopic.class, with(changes, "name", name)));
  }

  public LiveObject<PubSubQueue> queue(String name, Object... changes) {
    return new QueueKind(topics).open(Objects.of(PubSubQueue.class, with(changes, "name", name)));
  }

  public LiveObject<PubSubSubscription> subscription(String definition, String... topicList) {
    return subscription(
        Objects.of(
            PubSubSubscription.class, "security", definition, "topicList", List.of(topicList)));
  }

  public LiveObject<PubSubSubscription> subscription(PubSubSubscription object) {
    return new SubscriptionKind(subscriptions).open(object);
  }

  private static Object[] with(Object[] changes, Object... more) {
    Object[] all = new Object[changes.length + more.length];
    System.arraycopy(changes, 0, all, 0, changes.length);
    System.arraycopy(more, 0, all, changes.length, more.length);
    return all;
  }

  /** An answer. */
  public record Answer(int status, JsonNode json, HttpResponse<String> http) {

    public String details() {
      return json.path("details").asText();
    }

    /** The data of the messages, as text. */
    public List<String> data() {
      return json.path("messages").findValues("data").stream().map(JsonNode::asText).toList();
    }

    public List<String> ids() {
      return json.path("messages").findValues("msg_id").stream().map(JsonNode::asText).toList();
    }
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  public Answer send(HttpRequest.Builder request) throws Exception {
    return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static Answer answer(HttpResponse<String> response) {
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (IOException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }

  /** A call of a user whose password is {@code pw}. */
  public Answer post(String user, String path, String body) throws Exception {
    return send(call(user, path, body));
  }

  public CompletableFuture<Answer> postLater(String user, String path, String body) {
    return client
        .sendAsync(call(user, path, body).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(PubSubServer::answer);
  }

  private HttpRequest.Builder call(String user, String path, String body) {
    return request(path)
        .header("Authorization", basic(user, "pw"))
        .POST(BodyPublishers.ofString(body));
  }

  public Answer publish(String user, String topic, String body) throws Exception {
    return post(user, "/pubsub/topic/" + topic, body);
  }

  public Answer get(String user, String body) throws Exception {
    return post(user, "/pubsub/messages/get", body);
  }

  public Answer subscribe(String user, String topic) throws Exception {
    return post(user, "/pubsub/subscribe/topic/" + topic, "");
  }

  public Answer unsubscribe(String user, String topic) throws Exception {
    return post(user, "/pubsub/unsubscribe/topic/" + topic, "");
  }

  /** Stops the traffic listener, as the server's stop does. */
  public void stopTraffic() {
    http.stop();
  }

  @Override
  public void close() {
    rest.close();
    http.stop();
    returns.close();
    broker.close();
  }
}

package org.caravanserai.rest.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.api.Service;
import org.caravanserai.camel.internal.ChannelRoutesService;
import org.caravanserai.camel.internal.ConnectionProducers;
import org.caravanserai.http.internal.HealthService;
import org.caravanserai.http.internal.HttpSettings;
import org.caravanserai.http.internal.TrafficRoutesService;
import org.caravanserai.http.internal.TrafficServer;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.internal.cache.ResponseCaches;
import org.caravanserai.rest.internal.openapi.OpenApi;
import org.caravanserai.rest.internal.outgoing.Forwarder;
import org.caravanserai.rest.internal.outgoing.OutgoingRestKind;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.definition.DefinitionSettings;
import org.caravanserai.security.internal.definition.GroupKind;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.definition.SecurityKind;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.Field;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** All that a request meets, from the socket to the service, in an embedded framework. */
final class RestServer {

  final LiveRegistry registry;
  final RestKind kind;
  final AutoChannels automatic;
  final OpenApiKind openApiKind;
  final OpenApi openApi;

  /** What is added to the time by which kept answers grow old, in nanoseconds. */
  final AtomicLong later = new AtomicLong();

  final ResponseCaches caches = new ResponseCaches(200_000, () -> System.nanoTime() + later.get());
  final Framework framework;
  private final LiveCallPool pool;
  private final ChannelRoutesService camel;
  private final TrafficServer http;
  private final Handles definitions = new Handles();
  private final QuotaTiers rates = new QuotaTiers();
  private final MetricsComponent metrics = new MetricsComponent();
  private final CertificatePlaces certificates = new CertificatePlaces(metrics);
  private final SecurityKind security =
      new SecurityKind(
          settings(DefinitionSettings.class, Map.of()), definitions, rates, certificates);
  private final GroupKind groups = new GroupKind(definitions, rates);
  private final OutgoingRestKind outgoing = new OutgoingRestKind(definitions, metrics);
  private final OpenConnections connections = new OpenConnections();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<LiveObject<?>> opened = new ArrayList<>();
  private final int port;
  private int revision;

  RestServer(Map<String, Object> runtime) throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    Files.createTempDirectory("felix").toString(),
                    "felix.log.level",
                    "1"));
    framework.start();
    RuntimeSettings settings = settings(RuntimeSettings.class, runtime);
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    LiveInvoker invoker = new LiveInvoker(settings, registry, pool);
    camel =
        new ChannelRoutesService(
            framework.getBundleContext(), registry, invoker, new ConnectionProducers());
    HttpSettings httpSettings =
        settings(
            HttpSettings.class,
            Map.of("port", 0, "required__checks", new String[0], "stop__delay", 0));
    TrafficRoutesService traffic = new TrafficRoutesService(metrics);
    http =
        new TrafficServer(
            framework.getBundleContext(),
            httpSettings,
            traffic,
            new HealthService(httpSettings),
            metrics,
            certificates);
    port = http.port();
    openApi = new OpenApi(restSettings(true), traffic, registry);
    RestChannels channels =
        new RestChannels(
            traffic,
            camel,
            registry,
            pool,
            definitions,
            rates,
            caches,
            openApi,
            new Forwarder(connections, invoker));
    automatic = new AutoChannels(restSettings(true), channels, registry);
    kind = new RestKind(channels, automatic, rates);
    openApiKind = new OpenApiKind(traffic, definitions, rates, openApi);
    for (Class<? extends Service<?, ?>> type : Services.ALL) {
      deploy(type);
    }
  }

  /** The settings of REST channels with their defaults, but for one. */
  static RestSettings restSettings(boolean openApi) {
    return settings(RestSettings.class, Map.of("openapi", openApi));
  }

  /** The settings of REST channels with their defaults, but for what is given. */
  static RestSettings restSettings(Map<String, Object> changed) {
    return settings(RestSettings.class, changed);
  }

  static <T> T settings(Class<T> type, Map<String, Object> changed) {
    return type.cast(
        Proxy.newProxyInstance(
            RestServer.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                changed.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** Takes a service away. */
  void undeploy(String service) {
    registry.swap(List.of(), List.of(registry.slot(service).current().orElseThrow()));
  }

  /** Deploys a service. */
  ServiceRevision deploy(Class<? extends Service<?, ?>> type) throws Exception {
    ServiceRevision next = registry.prepare(type, "test", ++revision);
    registry.swap(List.of(next), List.of());
    return next;
  }

  /** A channel with the defaults but for what is given. */
  static RestChannel channel(String name, String service, String path, Object... changes) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", name);
    fields.put("service", Optional.ofNullable(service));
    fields.put("urlPath", path);
    fields.put("method", List.of());
    fields.put("dataFormat", DataFormat.JSON);
    fields.put("security", Optional.empty());
    fields.put("contentType", Optional.empty());
    fields.put("timeout", Duration.ofSeconds(60));
    fields.put("maxRequestSize", "10MB");
    fields.put("strict", false);
    fields.put("gatewayServiceList", List.of());
    fields.put("matchSlash", false);
    fields.put("httpAccept", "*/*");
    fields.put("dataEncoding", "utf-8");
    fields.put("mergeUrlParamsReq", true);
    fields.put("urlParamsPri", RestChannel.UrlParams.QS_OVER_PATH);
    fields.put("paramsPri", RestChannel.Params.CHANNEL_PARAMS_OVER_MSG);
    fields.put("cors", Optional.empty());
    fields.put("isDeprecated", false);
    fields.put("deprecationDate", Optional.empty());
    fields.put("deprecationSunset", Optional.empty());
    fields.put("deprecationSuccessor", Optional.empty());
    fields.put("responseCache", Optional.empty());
    fields.put("requestSchema", Optional.empty());
    fields.put("shouldIncludeInOpenapi", true);
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    return make(RestChannel.class, fields);
  }

  /** Opens a channel, until {@link #clear}. */
  LiveObject<RestChannel> open(RestChannel channel) throws Exception {
    kind.validate(channel);
    LiveObject<RestChannel> live = kind.open(channel);
    opened.add(live);
    return live;
  }

  LiveObject<RestChannel> open(String service, String path, Object... changes) throws Exception {
    return open(channel("channel " + path, service, path, changes));
  }

  /** Opens a channel that tells of others, until {@link #clear}. */
  LiveObject<OpenApiChannel> open(OpenApiChannel channel) throws Exception {
    openApiKind.validate(channel);
    LiveObject<OpenApiChannel> live = openApiKind.open(channel);
    opened.add(live);
    return live;
  }

  /** Opens a security definition, until {@link #clear}. */
  void secure(String name, String type, String username, String password) throws Exception {
    secure(name, type, "username", Optional.of(username), "password", Optional.of(password));
  }

  /** Opens a security definition of some fields, until {@link #clear}. */
  void secure(String name, String type, Object... changes) throws Exception {
    Map<String, Object> fields = new HashMap<>(Map.of("name", name, "type", type));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    openAny(security, make(security.type(), fields));
  }

  /** Opens a connection, until {@link #clear}. */
  void connect(String name, Object... changes) throws Exception {
    Map<String, Object> fields = new HashMap<>(Map.of("name", name));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    openAny(outgoing, make(outgoing.type(), fields));
    connections.put(name, (LiveConnection<?, ?>) opened.get(opened.size() - 1));
  }

  /** Opens a group, until {@link #clear}. */
  void group(String name, String... members) throws Exception {
    openAny(groups, make(groups.type(), Map.of("name", name, "members", List.of(members))));
  }

  /** The limits of all objects. */
  RateLimits rates() {
    return rates;
  }

  private <C extends Record> void openAny(ObjectKind<C> any, Record object) throws Exception {
    opened.add(any.open(any.type().cast(object)));
  }

  /** An object of a kind, with the defaults but for what is given. */
  static <C extends Record> C make(Class<C> type, Map<String, Object> fields) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i], fields.get(components[i].getName()));
    }
    try {
      Constructor<C> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A given value, else what the kind says of an absent one. */
  private static Object value(RecordComponent component, Object given) {
    Class<?> type = component.getType();
    String text = component.getAnnotation(Field.class).defaultValue();
    if (given != null) {
      return type.isEnum() && given instanceof String name ? constant(type, name) : given;
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == List.class) {
      String items = text.substring(1, text.length() - 1);
      return items.isEmpty() ? List.of() : List.of(items.split(", ", -1));
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    return type.isEnum() ? constant(type, text) : text;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Closes all channels and security definitions. */
  void clear() {
    opened.forEach(LiveObject::close);
    opened.clear();
    connections.clear();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpClient client() {
    return client;
  }

  int port() {
    return port;
  }

  ChannelRoutesService camel() {
    return camel;
  }

  /** Stops the framework as the server's stop does, and waits for its end. */
  void stopFramework() throws Exception {
    framework.stop();
    framework.waitForStop(30_000);
  }

  /** Stops everything. */
  void stop() throws Exception {
    stopFramework();
    camel.stop();
    pool.deactivate();
    registry.deactivate();
  }
}

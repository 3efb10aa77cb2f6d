package org.caravanserai.cache.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.cache.internal.http.CacheRest;
import org.caravanserai.cache.internal.kind.CacheKind;
import org.caravanserai.cache.internal.kind.CacheObject;
import org.caravanserai.http.internal.HealthService;
import org.caravanserai.http.internal.HttpSettings;
import org.caravanserai.http.internal.TrafficRoutesService;
import org.caravanserai.http.internal.TrafficServer;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.definition.DefinitionSettings;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.definition.SecurityKind;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.framework.BundleContext;

/** All of the caches, from the socket on, without a container. */
public final class CacheServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  public final Hand clock = new Hand();
  public final LiveCaches caches = new LiveCaches(10_000_000, clock);
  public final MetricsComponent metrics = new MetricsComponent();
  public final TrafficRoutesService traffic = new TrafficRoutesService(metrics);
  public final CacheKind kind;

  private final Handles handles = new Handles();
  private final QuotaTiers rates = new QuotaTiers();
  private final TrafficServer http;
  private final CacheRest rest;
  private final SecurityKind security;
  private final HttpClient client = HttpClient.newHttpClient();

  public CacheServer(Map<String, Object> settings) throws Exception {
    HttpSettings httpSettings =
        Objects.settings(
            HttpSettings.class,
            Map.of("port", 0, "required__checks", new String[0], "stop__delay", 0));
    HealthService health = new HealthService(httpSettings);
    CertificatePlaces certificates = new CertificatePlaces(metrics);
    http = new TrafficServer(noBundles(), httpSettings, traffic, health, metrics, certificates);
    rest =
        new CacheRest(
            Objects.settings(CacheSettings.class, settings),
            caches,
            traffic,
            (SecurityDefinitions) handles,
            rates);
    kind = new CacheKind(caches, rest);
    security =
        new SecurityKind(
            Objects.settings(DefinitionSettings.class, Map.of()), handles, rates, certificates);
  }

  private static BundleContext noBundles() {
    return (BundleContext)
        Proxy.newProxyInstance(
            CacheServer.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> null);
  }

  /**
   * A definition of {@code basic_auth} whose user is called as it, with the password {@code pw}.
   */
  public void user(String name) throws Exception {
    open(security, name);
  }

  private static <C extends Record> void open(ObjectKind<C> kind, String name) throws Exception {
    kind.open(
        Objects.of(
            kind.type(),
            "name",
            name,
            "type",
            "basic_auth",
            "username",
            Optional.of(name),
            "password",
            Optional.of("pw")));
  }

  /** A cache that these may use. */
  public LiveObject<CacheObject> cache(String name, String... allowed) throws Exception {
    return kind.open(object(name, allowed));
  }

  public static CacheObject object(String name, String... allowed) {
    return Objects.of(CacheObject.class, "name", name, "security", List.of(allowed));
  }

  /** An answer. */
  public record Answer(int status, JsonNode json, HttpResponse<String> http) {

    public String details() {
      return json.path("details").asText();
    }
  }

  /** A call of a user whose password is {@code pw}. */
  public Answer call(String user, String method, String path, String body) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .header("Authorization", "Basic " + credentials)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
  }

  @Override
  public void close() {
    rest.close();
    http.stop();
    caches.close();
  }
}

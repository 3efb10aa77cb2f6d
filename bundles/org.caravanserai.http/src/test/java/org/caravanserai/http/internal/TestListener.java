package org.caravanserai.http.internal;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.spi.ReadinessCheck;

/** A traffic listener on a free port of the loopback address. */
final class TestListener implements AutoCloseable {

  final MetricsComponent metrics = new MetricsComponent();
  final TrafficRoutesService routes = new TrafficRoutesService(metrics);
  final HealthService health;
  final JettyListener listener;
  final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Registration> added = new ArrayList<>();

  TestListener() throws Exception {
    this(Map.of());
  }

  TestListener(Map<String, Object> settings) throws Exception {
    HttpSettings all = settings(settings);
    health = new HealthService(all);
    health.listening(true);
    ClientAddresses addresses = ClientAddresses.of(all);
    WebSockets sockets = new WebSockets(all);
    Front front = new Front(routes, health, addresses, sockets);
    listener = new JettyListener(all, addresses, front, sockets);
    listener.start();
    port = listener.port();
  }

  /** The defaults, but for port 0, no required checks, and what is given. */
  static HttpSettings settings(Map<String, Object> changed) {
    Map<String, Object> values = new HashMap<>(changed);
    values.putIfAbsent("port", 0);
    values.putIfAbsent("required__checks", new String[0]);
    values.putIfAbsent("stop__delay", 0);
    return (HttpSettings)
        Proxy.newProxyInstance(
            TestListener.class.getClassLoader(),
            new Class<?>[] {HttpSettings.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  static ReadinessCheck check(String name, Optional<String> reason) {
    return new ReadinessCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> reason() {
        return reason;
      }
    };
  }

  Registration add(String path, TrafficHandler handler, String... methods)
      throws RouteConflictException {
    Set<String> names = methods.length == 0 ? TrafficRoute.ANY_METHOD : Set.of(methods);
    return add(new TrafficRoute("test", path, PathTemplate.parse(path), names, handler));
  }

  Registration add(TrafficRoute route) throws RouteConflictException {
    Registration registration = routes.add(route);
    added.add(registration);
    return registration;
  }

  /** Takes all routes away, so that the next test can use the listener. */
  void clear() {
    added.forEach(Registration::close);
    added.clear();
  }

  /** A handler that does its work on a thread of its own. */
  static TrafficHandler onAnotherThread(TrafficHandler handler) {
    return exchange -> new Thread(() -> handler.handle(exchange)).start();
  }

  /** A handler that answers a text. */
  static TrafficHandler text(String text) {
    return exchange ->
        exchange.answer(200, "text/plain", text.getBytes(StandardCharsets.UTF_8), () -> {});
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpClient client() {
    return client;
  }

  RawConnection connect() throws Exception {
    return new RawConnection(port);
  }

  @Override
  public void close() {
    listener.stop();
  }
}

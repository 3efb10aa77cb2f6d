package org.caravanserai.junit5;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs services in tests:
 *
 * <pre>{@code
 * @RegisterExtension final SeraiTest serai = SeraiTest.of(Hello.class);
 *
 * @Test void greets() {
 *   var answer = serai.invoke(Hello.class, new Request("Ada"), Response.class);
 * }
 * }</pre>
 *
 * <p>They run in memory, in the server's own runtime: input and output are bound, checked and
 * converted, calls of each other, deadlines, hooks and threads are as there. What lies around it is
 * what the test says. Each test begins anew.
 *
 * <p>With the system property {@code serai.test.url} the same tests call the services that are
 * deployed on that server, as {@code serai.username} with {@code serai.password}, or by {@code
 * serai.token.file}; those that need something which only memory has are aborted.
 */
public final class SeraiTest implements BeforeEachCallback, AfterEachCallback {

  /** The system property with the address of a server's management listener. */
  public static final String URL = "serai.test.url";

  private final List<Class<?>> services;
  private final ObjectMapper json =
      new ObjectMapper().registerModule(new Jdk8Module()).registerModule(new JavaTimeModule());
  private @Nullable Host host;
  private TestClock clock = new TestClock();

  private SeraiTest(List<Class<?>> services) {
    this.services = services;
  }

  /** Runs these services. */
  public static SeraiTest of(Class<?>... services) {
    return new SeraiTest(List.of(services));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    clock = new TestClock();
    String url = System.getProperty(URL, "");
    host = url.isEmpty() ? new Memory(services, clock, json) : new RemoteHost(url, json);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Host used = host;
    host = null;
    if (used != null) {
      used.close();
    }
  }

  private Host host() {
    return Objects.requireNonNull(host, "services run while a test does");
  }

  /**
   * Calls a service and waits for its output.
   *
   * @param service its class
   * @param payload its input: as it is, or converted as that of {@code context.invoke}
   * @param type the class in which the output is wanted
   * @return the output, {@code null} if the service has nothing to say
   * @throws org.caravanserai.api.ServiceException as its caller would see it
   */
  public <T> @Nullable T invoke(
      Class<? extends Service<?, ?>> service, @Nullable Object payload, Class<T> type) {
    return invoke(nameOf(service), payload, type);
  }

  /**
   * The same by the service's name.
   *
   * @throws org.caravanserai.api.ServiceException as its caller would see it
   */
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    return host().invoke(service, payload, type);
  }

  private String nameOf(Class<?> service) {
    ServiceName named = service.getAnnotation(ServiceName.class);
    return named == null ? host().memory().nameOf(service) : named.value();
  }

  /** A service that others call, in the place of the real one. */
  public void service(String name, Service<?, ?> service) {
    host().memory().service(name, service);
  }

  /**
   * What a connection answers, whatever is asked of it: the object itself, or converted to what the
   * method returns, or to the class that it is passed. An exception is thrown.
   *
   * @param facade the facade by which services ask for it
   * @param connection its name
   * @param response the answer
   */
  public <F> void setResponse(Class<F> facade, String connection, @Nullable Object response) {
    host().memory().respond(facade, connection, response);
  }

  /** A connection of the test's own. */
  public <F> void connection(Class<F> facade, String name, F connection) {
    host().memory().connection(facade, name, connection);
  }

  /** What was asked of connections that {@link #setResponse} has made, in order. */
  public List<ConnectionCall> connectionCalls() {
    return List.copyOf(host().memory().connectionCalls);
  }

  /** What services have published, in order. */
  public List<Publication> published() {
    return List.copyOf(host().memory().published);
  }

  /** The durable calls that services have stored, in order; they are not made. */
  public List<StoredCall> stored() {
    return List.copyOf(host().memory().stored);
  }

  /**
   * A user configuration file.
   *
   * @param name its name without ending
   * @param values what it says: texts, numbers, booleans, lists and maps of these
   */
  public void config(String name, Map<String, Object> values) {
    host().memory().configs.put(name, Map.copyOf(values));
  }

  /** The time that services are told. */
  public TestClock clock() {
    var unused = host().memory();
    return clock;
  }
}

package org.caravanserai.rest.internal.outgoing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.caravanserai.api.Http;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestRequest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.LiveConnection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what came in with a request, to connections by their name. */
@Component(service = Forwarder.class)
public final class Forwarder {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Connections connections;
  private final Invoker invoker;

  /** Has sent nothing yet. */
  @Activate
  public Forwarder(@Reference Connections connections, @Reference Invoker invoker) {
    this.connections = connections;
    this.invoker = invoker;
  }

  /**
   * Sends the content of a call, with its {@code Content-Type}, the parameters of its query, and
   * those of its path that the connection's path has too. Blocks on nothing.
   *
   * @param connection the connection's name
   * @param method the HTTP method
   * @param call a call whose payload is a document
   * @param nanosLeft how long its caller still waits
   * @return fails with a {@link ServiceException} only
   */
  public CompletableFuture<RestResponse> send(
      String connection, String method, Call call, LongSupplier nanosLeft) {
    try {
      return request(connection, method, call, nanosLeft).sendAsync().toCompletableFuture();
    } catch (ServiceException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IllegalArgumentException e) {
      // What the connection's path needs is missing, or can't stand there.
      return CompletableFuture.failedFuture(
          new ServiceException(400, String.valueOf(e.getMessage()), e));
    } catch (RuntimeException e) {
      LOG.error("{}: sending through connection {} failed", call.cid(), connection, e);
      return CompletableFuture.failedFuture(new ServiceException(500, "Internal error", e));
    }
  }

  private RestRequest request(String connection, String method, Call call, LongSupplier nanosLeft) {
    LiveConnection<?, Rest> found = connections.find(Rest.class, connection);
    if (found == null) {
      String state = connections.absence(Rest.class, connection).state();
      throw new ServiceException(503, state, null, RETRY_AFTER_SECONDS);
    }
    Rest rest =
        found.facade(new WaitingCaller(invoker.outsider(call.cid(), Forwarder::close), nanosLeft));
    RestRequest request = rest.request(method);
    Http http = call.http();
    if (http != null) {
      parameters(rest, http).forEach(request::param);
      http.header("Content-Type").ifPresent(request::contentType);
    }
    if (call.payload() instanceof Payload.Document document && document.content().length > 0) {
      request.data(document.content());
    }
    return request;
  }

  private static Map<String, Object> parameters(Rest rest, Http http) {
    Map<String, Object> parameters = new LinkedHashMap<>(http.query());
    List<String> inPath =
        rest instanceof BoundRest bound
            ? bound.connection().current().address().names()
            : List.of();
    for (String name : inPath) {
      String value = http.pathParameters().get(name);
      List<String> asked = http.query().getOrDefault(name, List.of());
      if (value != null) {
        parameters.put(name, value);
      } else if (!asked.isEmpty()) {
        parameters.put(name, asked.get(0));
      }
    }
    return parameters;
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("Closing failed", e);
    }
  }
}

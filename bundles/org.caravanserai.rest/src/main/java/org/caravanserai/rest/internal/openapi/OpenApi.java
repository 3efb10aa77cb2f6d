package org.caravanserai.rest.internal.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.rest.internal.RestSettings;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what callers may be told of the channels, and answers {@code GET /openapi.json} if the
 * settings say so. A document is made when it is asked for after something has changed, on a thread
 * of its own.
 */
@Component(service = OpenApi.class, configurationPid = RestSettings.PID)
public final class OpenApi {

  private static final Logger LOG = LoggerFactory.getLogger(OpenApi.class);
  private static final int MOST_WAITING = 100;

  /** RFC 9512, section 2.1. */
  private static final String YAML = "application/yaml";

  private final TrafficRoutes traffic;
  private final ServiceRegistry registry;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> {
            Thread made = new Thread(work, "serai-openapi");
            made.setDaemon(true);
            return made;
          });
  private final Publication everything = Publication.ofAll("Caravanserai");

  /** Answers from now on, if it is to. */
  @Activate
  public OpenApi(
      RestSettings settings,
      @Reference TrafficRoutes traffic,
      @Reference ServiceRegistry registry) {
    this.traffic = traffic;
    this.registry = registry;
    thread.allowCoreThreadTimeOut(true);
    modified(settings);
  }

  /** Answers, or not, from now on. */
  @Modified
  public void modified(RestSettings settings) {
    traffic.openApi(settings.openapi() ? exchange -> answer(exchange, everything, false) : null);
  }

  /** Answers no more. */
  @Deactivate
  public void deactivate() {
    traffic.openApi(null);
    thread.shutdown();
  }

  /** Knows of a channel from now on, in place of what was known of it. */
  public void put(Operation operation) {
    operations.put(operation.channel(), operation);
  }

  /** Knows of a channel no more. */
  public void remove(String channel) {
    operations.remove(channel);
  }

  /**
   * Answers with a document, later and on a thread of its own.
   *
   * @param isYaml whether it is to be YAML; else it is JSON
   */
  public void answer(TrafficExchange exchange, Publication publication, boolean isYaml) {
    try {
      thread.execute(() -> write(exchange, publication, isYaml));
    } catch (RejectedExecutionException e) {
      exchange.setHeader("Retry-After", "1");
      exchange.error(503, "too many ask for this at a time");
    }
  }

  private void write(TrafficExchange exchange, Publication publication, boolean isYaml) {
    try {
      byte[] document = publication.bytes(List.copyOf(operations.values()), registry, isYaml);
      exchange.setHeader("Cache-Control", "no-cache");
      exchange.answer(200, isYaml ? YAML : "application/json", document, () -> {});
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: the OpenAPI document could not be made", exchange.cid(), e);
      exchange.error(500, "Internal error");
    }
  }
}

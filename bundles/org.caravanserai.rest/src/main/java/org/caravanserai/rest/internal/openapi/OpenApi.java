package org.caravanserai.rest.internal.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.rest.internal.RestSettings;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceSchemas;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /openapi.json}, if the settings say so. The document is made when it is asked
 * for after something has changed, on a thread of its own.
 */
@Component(service = OpenApi.class, configurationPid = RestSettings.PID)
public final class OpenApi {

  private static final Logger LOG = LoggerFactory.getLogger(OpenApi.class);
  private static final int MOST_WAITING = 100;

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
  private final boolean isOn;
  private List<Object> madeOf = List.of();
  private byte @Nullable [] made;

  /** Answers from now on, if it is to. */
  @Activate
  public OpenApi(
      RestSettings settings,
      @Reference TrafficRoutes traffic,
      @Reference ServiceRegistry registry) {
    this.traffic = traffic;
    this.registry = registry;
    this.isOn = settings.openapi();
    thread.allowCoreThreadTimeOut(true);
    if (isOn) {
      traffic.openApi(this::answer);
    }
  }

  /** Answers no more. */
  @Deactivate
  public void deactivate() {
    if (isOn) {
      traffic.openApi(null);
    }
    thread.shutdown();
  }

  /** Tells of a channel from now on, in place of what was told of it. */
  public void put(Operation operation) {
    operations.put(operation.channel(), operation);
  }

  /** Tells of a channel no more. */
  public void remove(String channel) {
    operations.remove(channel);
  }

  private void answer(TrafficExchange exchange) {
    try {
      thread.execute(() -> write(exchange));
    } catch (RejectedExecutionException e) {
      exchange.setHeader("Retry-After", "1");
      exchange.error(503, "too many ask for this at a time");
    }
  }

  private void write(TrafficExchange exchange) {
    try {
      byte[] document = document();
      exchange.setHeader("Cache-Control", "no-cache");
      exchange.answer(200, "application/json", document, () -> {});
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: the OpenAPI document could not be made", exchange.cid(), e);
      exchange.error(500, "Internal error");
    }
  }

  private byte[] document() {
    List<Operation> channels =
        operations.values().stream().sorted(Comparator.comparing(Operation::channel)).toList();
    List<Object> now = new ArrayList<>();
    for (Operation channel : channels) {
      now.add(channel);
      channel.security().forEach(each -> now.add(each.challenges()));
      for (String service : channel.services()) {
        now.add(
            registry
                .slot(service)
                .current()
                .map(revision -> revision.deployment() + "/" + revision.revision()));
      }
    }
    byte[] known = made;
    if (known != null && now.equals(madeOf)) {
      return known;
    }
    OpenApiDocument document = new OpenApiDocument();
    for (Operation channel : channels) {
      document.add(channel, types(channel));
    }
    byte[] fresh = document.bytes();
    made = fresh;
    madeOf = now;
    return fresh;
  }

  private Optional<ServiceSchemas> types(Operation channel) {
    return channel.isGateway() ? Optional.empty() : registry.schemas(channel.services().get(0));
  }
}

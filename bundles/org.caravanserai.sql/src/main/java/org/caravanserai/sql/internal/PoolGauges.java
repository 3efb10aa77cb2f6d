package org.caravanserai.sql.internal;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.List;
import org.caravanserai.metrics.Metrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells in the metrics how busy each pool is. */
@Component(service = PoolGauges.class, immediate = true)
public final class PoolGauges {

  private final Metrics metrics;
  private final List<GaugeWithCallback> gauges;

  /** Registers them. */
  @Activate
  public PoolGauges(@Reference SqlKind kind, @Reference Metrics metrics) {
    this.metrics = metrics;
    gauges =
        List.of(
            GaugeWithCallback.builder()
                .name("serai_connection_pool_connections")
                .help("Connections to a database")
                .labelNames("kind", "connection", "state")
                .callback(
                    callback -> {
                      for (Pool pool : kind.current()) {
                        callback.call(pool.active(), SqlKind.NAME, pool.connection(), "active");
                        callback.call(pool.idle(), SqlKind.NAME, pool.connection(), "idle");
                      }
                    })
                .build(),
            GaugeWithCallback.builder()
                .name("serai_connection_pool_waiting")
                .help("Calls that wait for a connection to a database")
                .labelNames("kind", "connection")
                .callback(
                    callback ->
                        kind.current()
                            .forEach(
                                pool ->
                                    callback.call(pool.waiting(), SqlKind.NAME, pool.connection())))
                .build());
    gauges.forEach(metrics.registry()::register);
  }

  /** Takes them away. */
  @Deactivate
  void stop() {
    gauges.forEach(metrics.registry()::unregister);
  }
}

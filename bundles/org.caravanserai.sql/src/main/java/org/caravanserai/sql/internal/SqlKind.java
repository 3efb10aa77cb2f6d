package org.caravanserai.sql.internal;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.caravanserai.spi.ConnectionKind;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.ObjectKind;
import org.caravanserai.sql.Sql;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The kind {@code sql}. */
@Component(
    service = {ObjectKind.class, SqlKind.class},
    immediate = true)
public final class SqlKind implements ConnectionKind<SqlConnection, Sql> {

  /** The kind as configuration spells it. */
  public static final String NAME = "sql";

  private final Drivers drivers;
  private final Set<Pool> pools = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledThreadPoolExecutor clock;

  /** A kind without connections. */
  @Activate
  public SqlKind(BundleContext bundles) {
    this(new BundleDrivers(bundles));
  }

  /** A kind with the drivers of a test. */
  SqlKind(Drivers drivers) {
    this.drivers = drivers;
  }

  /** Closes what is left of pools. */
  @Deactivate
  public void deactivate() {
    Set.copyOf(pools).forEach(Pool::close);
    synchronized (this) {
      if (clock != null) {
        clock.shutdown();
        clock = null;
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<SqlConnection> type() {
    return SqlConnection.class;
  }

  @Override
  public Class<Sql> facade() {
    return Sql.class;
  }

  @Override
  public void validate(SqlConnection connection) throws InvalidObjectException {
    DatabaseAddress.of(connection);
  }

  @Override
  public LiveConnection<SqlConnection, Sql> open(SqlConnection connection) throws Exception {
    return new LiveSql(this, database(connection));
  }

  /** The pool that a configuration asks for. */
  Database database(SqlConnection configuration) throws InvalidObjectException, SQLException {
    DatabaseAddress address = DatabaseAddress.of(configuration);
    Driver driver =
        drivers
            .find(address.url())
            .orElseThrow(
                () ->
                    new SQLException(
                        "no driver for "
                            + address.shown()
                            + " is there: install the bundle of one, it is taken at the next try"));
    DriverDataSource source = new DriverDataSource(driver, address);
    Pool[] made = new Pool[1];
    Pool pool = new Pool(configuration, source, clock(), () -> forget(made[0]));
    made[0] = pool;
    pools.add(pool);
    return new Database(configuration, address, source, pool);
  }

  private void forget(@Nullable Pool pool) {
    if (pool != null) {
      pools.remove(pool);
    }
  }

  private synchronized ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor known = clock;
    if (known == null) {
      known =
          new ScheduledThreadPoolExecutor(
              1,
              work -> {
                Thread thread = new Thread(work, "serai-sql-clock");
                thread.setDaemon(true);
                return thread;
              });
      known.setRemoveOnCancelPolicy(true);
      known.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      clock = known;
    }
    return known;
  }

  /** The pools that give out connections. */
  List<Pool> current() {
    return pools.stream().filter(pool -> !pool.isRetired()).toList();
  }

  /** How many pools there are. */
  int pools() {
    return pools.size();
  }
}

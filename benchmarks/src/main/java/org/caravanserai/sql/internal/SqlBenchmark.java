package org.caravanserai.sql.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.sql.Sql;
import org.caravanserai.sql.postgres.Postgres;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A query by key on a real PostgreSQL, through the facade and by hand on the same kind of pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqlBenchmark {

  private static final String QUERY = "select id, name, price from item where id = ?";
  private static final int ROWS = 1_000;

  private final Caller caller = new Nobody();
  private final Postgres postgres = new Postgres();
  private final SqlKind kind = new SqlKind(url -> Optional.of(DriverManager.getDriver(url)));
  private final LiveConnection<SqlConnection, Sql> live;
  private final HikariDataSource pool = new HikariDataSource(configuration(postgres));
  private int next;

  /** Opens both on a database of its own. */
  public SqlBenchmark() {
    try {
      live = kind.open(configuration(postgres.port()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A row. */
  public record Item(int id, String name, java.math.BigDecimal price) {}

  /** Fills a table. */
  @Setup
  public void fill() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.url(), Postgres.USER, Postgres.PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute(
          "create table item as select i as id, 'item ' || i as name, i * 1.25 as price"
              + " from generate_series(0, "
              + (ROWS - 1)
              + ") as i");
      statement.execute("alter table item add primary key (id)");
      statement.execute("analyze item");
    }
    if (!facade().equals(byHand(1)) || !facade().equals(byHand(2))) {
      throw new IllegalStateException("another answer");
    }
  }

  /** Ends everything. */
  @TearDown
  public void close() {
    pool.close();
    live.close();
    kind.deactivate();
    postgres.close();
  }

  /** As a service does it, from the connection's name on. */
  @Benchmark
  public Item facade() {
    return live.facade(caller).one(Item.class, QUERY, next()).orElseThrow();
  }

  /** JDBC by hand. */
  @Benchmark
  public Item plain() throws SQLException {
    return byHand(next());
  }

  private int next() {
    next = (next + 1) % ROWS;
    return next;
  }

  private Item byHand(int id) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Item(rows.getInt(1), rows.getString(2), rows.getBigDecimal(3));
      }
    }
  }

  private static HikariConfig configuration(Postgres postgres) {
    var config = new HikariConfig();
    config.setJdbcUrl(postgres.url());
    config.setUsername(Postgres.USER);
    config.setPassword(Postgres.PASSWORD);
    config.setMaximumPoolSize(10);
    return config;
  }

  private static SqlConnection configuration(int port) {
    return new SqlConnection(
        "bench",
        true,
        Optional.of("postgresql"),
        Optional.of("127.0.0.1"),
        Optional.of(port),
        Optional.of(Postgres.DATABASE),
        Optional.empty(),
        Optional.of(Postgres.USER),
        Optional.of(Postgres.PASSWORD),
        List.of(),
        10,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        10_000,
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A caller who waits as long as a channel's caller does by default. */
  private static final class Nobody implements Caller {

    @Override
    public String cid() {
      return "bench";
    }

    @Override
    public long nanosLeft() {
      return TimeUnit.SECONDS.toNanos(60);
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
      throw new IllegalStateException("nothing is held");
    }

    @Override
    public Runnable stay() {
      return () -> {};
    }

    @Override
    public byte[] toJson(Object value) {
      throw new IllegalArgumentException("nothing is written");
    }

    @Override
    public <T> @Nullable T fromJson(byte[] json, Class<T> type) {
      throw new IllegalArgumentException("nothing is read");
    }
  }
}

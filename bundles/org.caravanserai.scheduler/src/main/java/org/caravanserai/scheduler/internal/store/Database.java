package org.caravanserai.scheduler.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.caravanserai.scheduler.internal.SchedulerSettings;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database: a file of this server's own, or one that servers share. */
public final class Database implements AutoCloseable {

  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 10;

  /** A transaction of a frozen server is ended by the database, and with it what it locks. */
  private static final String SESSION =
      "-c idle_in_transaction_session_timeout=4000 -c lock_timeout=4000 -c statement_timeout=8000";

  private final HikariDataSource pool;
  private final Dialect dialect;

  private Database(DataSource source, Dialect dialect, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("serai-scheduler");
    config.setMaximumPoolSize(Math.max(3, connections));
    config.setMinimumIdle(1);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECT_SECONDS * 1000L);
    config.setValidationTimeout(CONNECT_SECONDS * 1000L / 2);
    this.dialect = dialect;
    this.pool = new HikariDataSource(config);
  }

  /**
   * The database that the settings name. It need not be there: whoever asks it meets its absence.
   *
   * @throws IllegalArgumentException if they name none that can be used
   */
  public static Database of(SchedulerSettings settings) {
    String url = settings.database__url().strip();
    if (url.isEmpty() || url.startsWith("jdbc:h2:")) {
      JdbcDataSource file = new JdbcDataSource();
      Path path = Path.of(settings.data()).resolve("scheduler").resolve("jobs").toAbsolutePath();
      // What is committed is with the operating system at once, so that it survives a kill -9.
      file.setURL(
          url.isEmpty()
              ? "jdbc:h2:file:" + path + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
              : url);
      file.setUser("serai");
      file.setPassword("");
      return new Database(file, Dialect.H2, settings.database__connections());
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "SERAI_DATABASE_URL: expected jdbc:postgresql://HOST:PORT/DATABASE");
    }
    PGSimpleDataSource shared = new PGSimpleDataSource();
    shared.setUrl(url);
    if (!settings.database__username().isEmpty()) {
      shared.setUser(settings.database__username());
    }
    if (!settings.database__password().isEmpty()) {
      shared.setPassword(settings.database__password());
    }
    shared.setApplicationName("caravanserai");
    shared.setConnectTimeout(CONNECT_SECONDS);
    shared.setSocketTimeout(ANSWER_SECONDS);
    shared.setTcpKeepAlive(true);
    if (shared.getOptions() == null) {
      shared.setOptions(SESSION);
    }
    return new Database(shared, Dialect.POSTGRESQL, settings.database__connections());
  }

  /** Whether other servers may use it too. */
  public boolean isShared() {
    return dialect.equals(Dialect.POSTGRESQL);
  }

  /** What it is called. */
  public String name() {
    return dialect.name();
  }

  Dialect dialect() {
    return dialect;
  }

  /** Works on the database in one transaction. */
  <T> T transact(Work<T> work) throws SQLException {
    return connected(
        connection -> {
          connection.setAutoCommit(false);
          boolean done = false;
          try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            return result;
          } finally {
            if (!done) {
              connection.rollback();
            }
          }
        });
  }

  private <T> T connected(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLNonTransientConnectionException e) {
      // H2 closes itself when the disk is full, and opens anew once none of its connections is
      // kept.
      pool.getHikariPoolMXBean().softEvictConnections();
      throw e;
    }
  }

  /** The time by the clock of the database, in milliseconds since 1970. */
  public long clock() throws SQLException {
    return query("select " + dialect.clock(), row -> row.getLong(1)).get(0);
  }

  /** All rows that a question is answered with. */
  <T> List<T> query(String sql, Reader<T> reader, Object... values) throws SQLException {
    return connected(connection -> query(connection, sql, reader, values));
  }

  static <T> List<T> query(Connection connection, String sql, Reader<T> reader, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reader.read(rows));
        }
        return found;
      }
    }
  }

  /** Changes rows; answers how many. */
  int update(String sql, Object... values) throws SQLException {
    return connected(connection -> update(connection, sql, values));
  }

  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i];
      if (value instanceof Character || value instanceof Enum<?>) {
        throw new IllegalArgumentException(value.toString());
      }
      statement.setObject(i + 1, value);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Reads one row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done in one transaction. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}

package org.caravanserai.sql.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.sql.Sql;

/** A connection in operation: always one pool for new calls. */
final class LiveSql implements LiveConnection<SqlConnection, Sql> {

  private static final int BAD_GATEWAY = 502;
  private static final int VALIDATION_SECONDS = 5;

  private final SqlKind kind;
  private final DataSource source = new LiveDataSource(this);
  private volatile Database database;
  private volatile boolean closed;

  LiveSql(SqlKind kind, Database database) {
    this.kind = kind;
    this.database = database;
  }

  /** What is current. */
  Database database() {
    return database;
  }

  String name() {
    return database.configuration().name();
  }

  /** Connections of whatever pool is current. */
  DataSource source() {
    return source;
  }

  /**
   * A connection of the current pool, to be closed.
   *
   * @throws SQLException if there is none in time
   */
  Connection take() throws SQLException {
    for (Database now = database; ; now = database) {
      try {
        return now.pool().take();
      } catch (SQLException e) {
        if (!now.pool().isRetired() || closed) {
          throw e;
        }
      }
    }
  }

  @Override
  public Sql facade(Caller caller) {
    return new PooledSql(this, caller);
  }

  @Override
  public String ping() throws Exception {
    Database now = database;
    // Past the pool: it would only say that there was no connection in time.
    try (Connection connection = now.source().getConnection()) {
      if (!connection.isValid(VALIDATION_SECONDS)) {
        throw new SQLException("the connection is of no use");
      }
      DatabaseMetaData about = connection.getMetaData();
      return "%s %s at %s"
          .formatted(
              about.getDatabaseProductName(),
              about.getDatabaseProductVersion(),
              now.address().shown());
    } catch (SQLException e) {
      throw new ServiceException(
          BAD_GATEWAY, now.address().shown() + ": " + Faults.firstLine(Faults.cause(e)), e);
    }
  }

  @Override
  public synchronized void replace(SqlConnection changed) throws Exception {
    Database before = database;
    database = kind.database(changed);
    before.pool().retire();
  }

  @Override
  public synchronized void close() {
    closed = true;
    database.pool().retire();
  }
}

package org.caravanserai.sql.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.caravanserai.spi.Caller;
import org.caravanserai.sql.SqlFailure;
import org.caravanserai.sql.Work;
import org.jspecify.annotations.Nullable;

/** A connection as one caller uses it: each statement on a connection of the pool. */
final class PooledSql extends BaseSql {

  private final LiveSql live;
  private final Caller caller;

  PooledSql(LiveSql live, Caller caller) {
    this.live = live;
    this.caller = caller;
  }

  @Override
  int maxRows() {
    return live.database().configuration().maxRows();
  }

  @Override
  public DataSource dataSource() {
    return live.source();
  }

  private Connection take() {
    try {
      return live.take();
    } catch (SQLException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new SqlFailure(504, "The time of the call ran out", "", e);
      }
      throw Faults.ofConnecting(e, live.name(), caller.cid());
    }
  }

  private Statements on(Connection connection) {
    return new Statements(connection, live.database().configuration(), caller);
  }

  private SqlFailure failed(SQLException e) {
    return Faults.ofStatement(e, live.name(), caller.cid());
  }

  @Override
  <T extends @Nullable Object> T use(Use<T> use) {
    try (Connection connection = take()) {
      return use.with(on(connection));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** All or nothing: a batch that fails half-way changes nothing. */
  @Override
  public long[] batch(String statement, Collection<?> rows) {
    return inTransaction(sql -> sql.batch(statement, rows));
  }

  @Override
  @SuppressWarnings("NullAway") // what a row of one nullable column is, is the database's business
  public <T> Stream<T> stream(Class<T> type, String statement, @Nullable Object... params) {
    Params bound = Params.of(statement, params);
    Connection connection = take();
    boolean opened = false;
    try {
      // PostgreSQL reads a result piece by piece within a transaction only.
      connection.setAutoCommit(false);
      Statements statements = on(connection);
      Stream<T> stream =
          RowStream.of(type, statements.open(bound), statements, connection, this::failed);
      caller.closeAtEnd(stream);
      opened = true;
      return stream;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (!opened) {
        close(connection);
      }
    }
  }

  private void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failed(e);
    }
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    try (Connection connection = take()) {
      connection.setAutoCommit(false);
      TransactionSql transaction = new TransactionSql(on(connection), live);
      boolean done = false;
      try {
        T result = work.run(transaction);
        transaction.end();
        connection.commit();
        done = true;
        return result;
      } finally {
        transaction.end();
        if (!done) {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}

package org.caravanserai.sql.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanserai.spi.Caller;
import org.caravanserai.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection of a database.
 *
 * @param connection the connection
 * @param configuration its limits
 * @param caller for whom they are
 */
record Statements(Connection connection, SqlConnection configuration, Caller caller) {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int FETCH = 500;

  <T> List<@Nullable T> query(Class<T> type, Params params, int most) throws SQLException {
    try (PreparedStatement prepared = prepare(params)) {
      prepared.setMaxRows(most + 1);
      try (ResultSet result = prepared.executeQuery()) {
        Rows<T> reader = Rows.as(type, result, caller);
        List<@Nullable T> rows = new ArrayList<>();
        while (result.next()) {
          if (rows.size() == most) {
            throw tooMany(most);
          }
          rows.add(reader.row(result));
        }
        return rows;
      }
    }
  }

  private SqlFailure tooMany(int most) {
    String details =
        most == 1
            ? "there is more than one row"
            : "there are more rows than max_rows (" + most + "): read them as a stream";
    return new SqlFailure(500, "Connection " + configuration.name() + ": " + details, "", null);
  }

  /** A result that is read while its rows are used; the connection is not to commit by itself. */
  PreparedStatement open(Params params) throws SQLException {
    PreparedStatement prepared = prepare(params);
    prepared.setFetchSize(FETCH);
    return prepared;
  }

  long update(Params params) throws SQLException {
    try (PreparedStatement prepared = prepare(params)) {
      return prepared.executeLargeUpdate();
    }
  }

  long[] batch(String statement, Collection<?> rows) throws SQLException {
    List<Params> all = new ArrayList<>(rows.size());
    for (Object row : rows) {
      all.add(Params.row(statement, row));
    }
    if (all.isEmpty()) {
      return new long[0];
    }
    String first = all.get(0).statement();
    try (PreparedStatement prepared = prepared(first)) {
      for (Params params : all) {
        if (!params.statement().equals(first)) {
          throw new IllegalArgumentException("lists of different lengths can't be in one batch");
        }
        params.bind(prepared);
        prepared.addBatch();
      }
      return prepared.executeLargeBatch();
    }
  }

  private PreparedStatement prepare(Params params) throws SQLException {
    PreparedStatement prepared = prepared(params.statement());
    try {
      params.bind(prepared);
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private PreparedStatement prepared(String statement) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    long limit = configuration.queryTimeout().toSeconds();
    long left = caller.nanosLeft();
    long seconds = left == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(left / NANOS + 1, 1);
    long least = limit == 0 ? seconds : Math.min(limit, seconds);
    if (least != Long.MAX_VALUE) {
      prepared.setQueryTimeout((int) Math.min(least, Integer.MAX_VALUE));
    }
    return prepared;
  }
}

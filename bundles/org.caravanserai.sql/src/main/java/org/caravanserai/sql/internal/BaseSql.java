package org.caravanserai.sql.internal;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.sql.Sql;
import org.jspecify.annotations.Nullable;

/** Statements, on whatever connection they run. */
abstract class BaseSql implements Sql {

  /** What is done with a connection. */
  @FunctionalInterface
  interface Use<T extends @Nullable Object> {
    T with(Statements statements) throws SQLException;
  }

  /** Does something with a connection. */
  abstract <T extends @Nullable Object> T use(Use<T> use);

  /** How many rows may be read at once. */
  abstract int maxRows();

  @Override
  @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // a row that is a map is never null
  public List<Map<String, @Nullable Object>> query(String statement, @Nullable Object... params) {
    return (List) query(Map.class, statement, params);
  }

  @Override
  @SuppressWarnings("NullAway") // what a list of nullable columns holds is the database's business
  public <T> List<T> query(Class<T> type, String statement, @Nullable Object... params) {
    Params bound = Params.of(statement, params);
    int most = maxRows();
    return use(statements -> statements.query(type, bound, most));
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // the class of maps has no parameters
  public Optional<Map<String, @Nullable Object>> one(String statement, @Nullable Object... params) {
    return (Optional) one(Map.class, statement, params);
  }

  @Override
  public <T> Optional<T> one(Class<T> type, String statement, @Nullable Object... params) {
    Params bound = Params.of(statement, params);
    List<@Nullable T> rows = use(statements -> statements.query(type, bound, 1));
    return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
  }

  @Override
  public long update(String statement, @Nullable Object... params) {
    Params bound = Params.of(statement, params);
    return use(statements -> statements.update(bound));
  }

  @Override
  public long[] batch(String statement, Collection<?> rows) {
    return use(statements -> statements.batch(statement, rows));
  }
}

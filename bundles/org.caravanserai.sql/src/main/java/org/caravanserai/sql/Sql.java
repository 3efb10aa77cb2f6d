package org.caravanserai.sql;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection to a database ({@code sql}), for the time of one call: {@code
 * context.connection(Sql.class, "orders")}.
 *
 * <p>Parameters take the places of the {@code ?} of a statement, in their order. A single map or
 * record gives the values of its {@code :names} instead; a collection there becomes a list for
 * {@code in (:names)}. Never put values into the text of a statement.
 *
 * <p>A row is a map of its columns in their order, in lower case where the database writes all in
 * upper case; or a record, whose component {@code createdAt} is the column {@code created_at}; or,
 * of its first column, a text, number, boolean, {@link java.util.UUID}, {@code java.time} value or
 * {@code byte[]}. Dates and times are of {@code java.time}.
 *
 * <p>Each method takes a connection from the pool and gives it back, and throws a {@link
 * SqlFailure} if the database does not do what it is asked. Rows beyond the connection's {@code
 * max_rows} are a failure too: read them by {@link #stream}.
 */
@ProviderType
public interface Sql {

  /**
   * The rows of a query, as maps.
   *
   * @param statement the statement
   * @param params its parameters
   */
  List<Map<String, @Nullable Object>> query(String statement, @Nullable Object... params);

  /**
   * The rows of a query.
   *
   * @param type what a row becomes
   * @param statement the statement
   * @param params its parameters
   * @throws IllegalArgumentException if a row can't become that
   */
  <T> List<T> query(Class<T> type, String statement, @Nullable Object... params);

  /**
   * The only row of a query, as a map; empty if there is none.
   *
   * @param statement the statement
   * @param params its parameters
   * @throws SqlFailure if there are more
   */
  Optional<Map<String, @Nullable Object>> one(String statement, @Nullable Object... params);

  /**
   * The only row of a query; empty if there is none, or if it is a single null.
   *
   * @param type what a row becomes
   * @param statement the statement
   * @param params its parameters
   * @throws SqlFailure if there are more
   */
  <T> Optional<T> one(Class<T> type, String statement, @Nullable Object... params);

  /**
   * The rows of a query, read while they are used. It holds a connection until it is closed, at the
   * latest when the call ends.
   *
   * @param type what a row becomes
   * @param statement the statement
   * @param params its parameters
   */
  <T> Stream<T> stream(Class<T> type, String statement, @Nullable Object... params);

  /**
   * Changes rows, or what tables there are.
   *
   * @param statement the statement
   * @param params its parameters
   * @return how many rows there were to change
   */
  long update(String statement, @Nullable Object... params);

  /**
   * Runs a statement once for each of many sets of parameters, in one transaction.
   *
   * @param statement the statement
   * @param rows the sets: each a collection or array of values, or a map or record of named ones
   * @return how many rows each changed; -2 where the database does not say
   */
  long[] batch(String statement, Collection<?> rows);

  /**
   * Works in one transaction: committed when the work returns, rolled back when it throws.
   *
   * @param work what is to be done, with a connection of its own
   * @return what the work returns
   */
  <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work) throws X;

  /** The pool itself, for libraries that want one. Close what you take from it. */
  DataSource dataSource();
}

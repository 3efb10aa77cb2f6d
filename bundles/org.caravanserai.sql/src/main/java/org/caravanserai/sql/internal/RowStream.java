package org.caravanserai.sql.internal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.caravanserai.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result as a stream, which is read while its rows are used.
 *
 * @param <T> what a row becomes
 */
final class RowStream<T> extends Spliterators.AbstractSpliterator<@Nullable T> {

  private final ResultSet result;
  private final Rows<T> reader;
  private final Function<SQLException, SqlFailure> failure;

  private RowStream(ResultSet result, Rows<T> reader, Function<SQLException, SqlFailure> failure) {
    super(Long.MAX_VALUE, Spliterator.ORDERED);
    this.result = result;
    this.reader = reader;
    this.failure = failure;
  }

  /**
   * Opens a stream.
   *
   * @param prepared the statement, closed with the stream
   * @param last what else is done when it is closed, once
   * @param failure what a failure of the database becomes
   */
  static <T> Stream<@Nullable T> of(
      Class<T> type,
      PreparedStatement prepared,
      Statements statements,
      AutoCloseable last,
      Function<SQLException, SqlFailure> failure)
      throws SQLException {
    AtomicBoolean closed = new AtomicBoolean();
    try {
      ResultSet result = prepared.executeQuery();
      Rows<T> reader = Rows.as(type, result, statements.caller());
      return StreamSupport.stream(new RowStream<>(result, reader, failure), false)
          .onClose(
              () -> {
                if (!closed.getAndSet(true)) {
                  close(prepared, last, failure);
                }
              });
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private static void close(
      PreparedStatement prepared, AutoCloseable last, Function<SQLException, SqlFailure> failure) {
    try (last) {
      prepared.close();
    } catch (SQLException e) {
      throw failure.apply(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super @Nullable T> action) {
    try {
      if (!result.next()) {
        return false;
      }
      action.accept(reader.row(result));
      return true;
    } catch (SQLException e) {
      throw failure.apply(e);
    }
  }
}

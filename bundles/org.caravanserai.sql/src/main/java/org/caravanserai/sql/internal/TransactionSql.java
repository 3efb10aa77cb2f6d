package org.caravanserai.sql.internal;

import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.caravanserai.sql.SqlFailure;
import org.caravanserai.sql.Work;
import org.jspecify.annotations.Nullable;

/** One transaction: all statements on one connection, until it ends. */
final class TransactionSql extends BaseSql {

  private final Statements statements;
  private final LiveSql live;
  private volatile boolean ended;

  TransactionSql(Statements statements, LiveSql live) {
    this.statements = statements;
    this.live = live;
  }

  void end() {
    ended = true;
  }

  @Override
  int maxRows() {
    return statements.configuration().maxRows();
  }

  private Statements open() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
    return statements;
  }

  private SqlFailure failed(SQLException e) {
    return Faults.ofStatement(e, statements.configuration().name(), statements.caller().cid());
  }

  @Override
  <T extends @Nullable Object> T use(Use<T> use) {
    try {
      return use.with(open());
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // what a row of one nullable column is, is the database's business
  public <T> Stream<T> stream(Class<T> type, String statement, @Nullable Object... params) {
    Params bound = Params.of(statement, params);
    try {
      Stream<T> stream = RowStream.of(type, open().open(bound), statements, () -> {}, this::failed);
      return stream;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Work within work belongs to the same transaction. */
  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    open();
    return work.run(this);
  }

  /** The pool, whose connections know nothing of this transaction. */
  @Override
  public DataSource dataSource() {
    return live.source();
  }
}

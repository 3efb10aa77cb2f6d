package org.caravanserai.sql.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The pool of a connection as JDBC wants it; it follows the changes of its configuration.
 *
 * @param connection the connection
 */
record LiveDataSource(LiveSql connection) implements DataSource {

  @Override
  public Connection getConnection() throws SQLException {
    return connection.take();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is the connection's");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // Whoever has a log, has it elsewhere.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // It is the connection's.
  }

  @Override
  public int getLoginTimeout() {
    return (int) connection.database().configuration().connectionTimeout().toSeconds();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}

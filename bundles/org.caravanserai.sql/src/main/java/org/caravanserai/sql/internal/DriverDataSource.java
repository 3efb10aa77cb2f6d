package org.caravanserai.sql.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections of one driver, made without {@link java.sql.DriverManager}, which knows no
 * bundles.
 */
final class DriverDataSource implements DataSource {

  private final Driver driver;
  private final DatabaseAddress address;
  private volatile int loginTimeout;

  DriverDataSource(Driver driver, DatabaseAddress address) {
    this.driver = driver;
    this.address = address;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(address.properties());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(address.properties());
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    return connect(properties);
  }

  private Connection connect(Properties properties) throws SQLException {
    Properties own = new Properties();
    own.putAll(properties);
    Connection connection = driver.connect(address.url(), own);
    if (connection == null) {
      throw new SQLException("the driver does not take " + address.shown(), "08001");
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver has its own log.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The pool waits that long for attempts to connect when it closes; the driver has its own.
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
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

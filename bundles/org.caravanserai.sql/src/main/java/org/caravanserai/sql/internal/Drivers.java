package org.caravanserai.sql.internal;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;

/** The JDBC drivers that are there. */
interface Drivers {

  /**
   * The driver for a URL.
   *
   * @param url a JDBC URL
   * @return the driver; empty if none that is there takes the URL
   * @throws SQLException if a driver can't tell
   */
  Optional<Driver> find(String url) throws SQLException;
}

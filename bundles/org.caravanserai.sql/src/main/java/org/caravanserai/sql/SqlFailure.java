package org.caravanserai.sql;

import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * A database did not do what it was asked. Its words for callers name the connection only; the log
 * has the database's own.
 *
 * <p>The status is 503 when all connections are in use or the transaction should be tried again (a
 * second later, its callers are told), 502 when the database can't be reached or refuses to log in,
 * 504 when the time ran out, else 500.
 */
public class SqlFailure extends ServiceException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  /**
   * Makes a failure.
   *
   * @param status the status as HTTP numbers them
   * @param details what the caller reads
   * @param sqlState the SQLSTATE of the database; empty if there is none
   * @param cause what the database or its driver said
   */
  public SqlFailure(int status, String details, String sqlState, @Nullable Throwable cause) {
    super(status, details, cause, status == 503 ? 1 : 0);
    this.sqlState = sqlState;
  }

  /** The SQLSTATE (ISO/IEC 9075) of the database; empty if there is none. */
  public String sqlState() {
    return sqlState;
  }

  /** Whether a constraint forbids the change, such as a key that is there already. */
  public boolean isConstraintViolation() {
    return sqlState.startsWith("23");
  }
}

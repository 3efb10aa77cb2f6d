package org.caravanserai.sql.internal;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.caravanserai.sql.SqlFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller learns of a database's refusal, and what the log does. */
final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger("org.caravanserai.sql.outgoing");

  private Faults() {}

  /** There was no connection to be had from the pool. */
  static SqlFailure ofConnecting(SQLException failure, String name, String cid) {
    SQLException cause = cause(failure);
    String state = state(cause);
    log(cid, name, state, cause);
    if (cause == failure && failure instanceof SQLTransientConnectionException) {
      return new SqlFailure(
          503, "All connections of " + name + " are in use: try again later", state, failure);
    }
    String why = state.startsWith("28") ? " refused to log in" : " can't be reached";
    return new SqlFailure(502, "The database of connection " + name + why, state, failure);
  }

  /** A statement failed. */
  static SqlFailure ofStatement(SQLException failure, String name, String cid) {
    String state = state(failure);
    log(cid, name, state, failure);
    String database = "The database of connection " + name;
    if (failure instanceof SQLTimeoutException || state.equals("57014")) {
      return new SqlFailure(504, database + " did not answer in time", state, failure);
    }
    if (state.equals("40001") || state.equals("40P01")) {
      return new SqlFailure(
          503, database + " gave way to another transaction: try again", state, failure);
    }
    if (state.startsWith("08") || state.startsWith("57P0")) {
      return new SqlFailure(502, database + " broke off the connection", state, failure);
    }
    return new SqlFailure(500, database + " refused a statement", state, failure);
  }

  private static void log(String cid, String name, String state, SQLException failure) {
    LOG.warn("{}: sql {}: SQLSTATE {}: {}", cid, name, state, firstLine(failure));
  }

  /** The first failure, which says why there was no connection. */
  static SQLException cause(SQLException failure) {
    return failure.getCause() instanceof SQLException inner ? cause(inner) : failure;
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** What follows the first line are values and statements. */
  static String firstLine(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    int statement = line.indexOf("; SQL statement:");
    return statement < 0 ? line : line.substring(0, statement);
  }
}

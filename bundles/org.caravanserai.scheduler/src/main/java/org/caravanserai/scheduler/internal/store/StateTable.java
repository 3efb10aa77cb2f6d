package org.caravanserai.scheduler.internal.store;

import java.sql.SQLException;

/** What holds for all jobs. */
public final class StateTable {

  private final Database database;

  /** The state of a database. */
  public StateTable(Database database) {
    this.database = database;
  }

  /** Whether all jobs are paused. */
  public boolean isPaused() throws SQLException {
    return database
        .query("select number from serai_state where name = 'paused'", row -> row.getLong(1))
        .stream()
        .anyMatch(number -> number != 0);
  }

  /** Pauses all jobs, or lets them go on. */
  public void pause(boolean paused) throws SQLException {
    int unused =
        database.transact(
            connection -> {
              int count =
                  Database.update(
                      connection,
                      "update serai_state set number = ? where name = 'paused'",
                      paused ? 1 : 0);
              return count > 0
                  ? count
                  : Database.update(
                      connection,
                      "insert into serai_state (name, number) values ('paused', ?)"
                          + " on conflict do nothing",
                      paused ? 1 : 0);
            });
  }
}

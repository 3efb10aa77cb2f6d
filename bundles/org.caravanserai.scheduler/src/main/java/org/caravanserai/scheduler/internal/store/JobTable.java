package org.caravanserai.scheduler.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The jobs in the database. */
public final class JobTable {

  private static final String COLUMNS =
      "name, made_by, definition, paused, finished, next_at, last_at, fires, failures, skipped,"
          + " misfires, created_at, changed_at";

  private final Database database;

  /** The jobs of a database. */
  public JobTable(Database database) {
    this.database = database;
  }

  private String clock() {
    return database.dialect().clock();
  }

  /** All of them. */
  public List<JobRow> all() throws SQLException {
    return database.query("select " + COLUMNS + " from serai_job", JobTable::read);
  }

  /** The one of that name. */
  public Optional<JobRow> find(String name) throws SQLException {
    return database
        .query("select " + COLUMNS + " from serai_job where name = ?", JobTable::read, name)
        .stream()
        .findFirst();
  }

  /** Those that somebody has changed since then. */
  public List<JobRow> changed(long since) throws SQLException {
    return database.query(
        "select " + COLUMNS + " from serai_job where changed_at >= ?", JobTable::read, since);
  }

  private static JobRow read(ResultSet row) throws SQLException {
    long next = row.getLong(6);
    OptionalLong nextAt = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(next);
    return new JobRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        row.getBoolean(5),
        nextAt,
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13));
  }

  /** Adds a job; if there is one of its name, nothing is done. Answers whether it was added. */
  public boolean add(JobRow job) throws SQLException {
    return database.transact(
        connection -> {
          String sql =
              "insert into serai_job ("
                  + COLUMNS
                  + ") values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, "
                  + clock()
                  + ") on conflict do nothing";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Database.set(
                statement,
                job.name(),
                job.madeBy(),
                job.definition(),
                job.paused(),
                job.finished());
            setTime(statement, 6, job.nextAt());
            statement.setLong(7, job.lastAt());
            statement.setLong(8, job.createdAt());
            return statement.executeUpdate() > 0;
          }
        });
  }

  private static void setTime(PreparedStatement statement, int index, OptionalLong time)
      throws SQLException {
    if (time.isPresent()) {
      statement.setLong(index, time.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  /** Changes what a job is; its counters stay. */
  public void define(JobRow job) throws SQLException {
    int unused =
        database.transact(
            connection -> {
              String sql =
                  "update serai_job set definition = ?, finished = ?, next_at = ?, changed_at = "
                      + clock()
                      + " where name = ?";
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Database.set(statement, job.definition(), job.finished());
                setTime(statement, 3, job.nextAt());
                statement.setString(4, job.name());
                return statement.executeUpdate();
              }
            });
  }

  /** Pauses a job, or lets it go on from {@code nextAt}. */
  public boolean pause(String name, boolean paused, OptionalLong nextAt) throws SQLException {
    return database.transact(
            connection -> {
              String sql =
                  "update serai_job set paused = ?, next_at = ?, changed_at = "
                      + clock()
                      + " where name = ?";
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setBoolean(1, paused);
                setTime(statement, 2, nextAt);
                statement.setString(3, name);
                return statement.executeUpdate();
              }
            })
        > 0;
  }

  /** Ends a job that a service made; answers whether it was still to run. */
  public boolean cancel(String name) throws SQLException {
    return database.update(
            "update serai_job set finished = true, next_at = null, changed_at = "
                + clock()
                + " where name = ? and made_by = ? and not finished",
            name,
            JobRow.SERVICE)
        > 0;
  }

  /** How many jobs of services are still to run. */
  public long ofServices() throws SQLException {
    return database
        .query(
            "select count(*) from serai_job where made_by = ? and not finished",
            row -> row.getLong(1),
            JobRow.SERVICE)
        .get(0);
  }

  /** Forgets a job. */
  public void remove(String name) throws SQLException {
    int unused = database.update("delete from serai_job where name = ?", name);
  }

  /** Forgets jobs of services that were over before a time. */
  public int prune(long before) throws SQLException {
    return database.update(
        "delete from serai_job where made_by = ? and finished and changed_at < ? and last_at < ?",
        JobRow.SERVICE,
        before,
        before);
  }

  /** Writes how far a job has come. */
  static PreparedStatement advance(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "update serai_job set next_at = ?, finished = ?, last_at = ?, fires = ?, skipped = ?,"
            + " misfires = ? where name = ?");
  }

  static void advance(PreparedStatement statement, JobRow job) throws SQLException {
    setTime(statement, 1, job.nextAt());
    statement.setBoolean(2, job.finished());
    statement.setLong(3, job.lastAt());
    statement.setLong(4, job.fires());
    statement.setLong(5, job.skipped());
    statement.setLong(6, job.misfires());
    statement.setString(7, job.name());
    statement.addBatch();
  }
}

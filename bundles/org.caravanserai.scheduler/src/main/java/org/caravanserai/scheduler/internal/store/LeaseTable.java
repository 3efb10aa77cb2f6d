package org.caravanserai.scheduler.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who holds which right until when, by the clock of the database. */
public final class LeaseTable {

  private final Database database;

  /** The leases of a database. */
  public LeaseTable(Database database) {
    this.database = database;
  }

  /**
   * A row.
   *
   * @param owner who holds it, or held it last
   * @param number how often it has changed hands
   * @param left how many milliseconds it is still held; none if it is free
   */
  public record Holder(String owner, long number, long left) {}

  /**
   * Takes a right, or keeps it: of all who try, one gets it. Its first number is the time, so that
   * one which was forgotten begins with a greater number than it had.
   *
   * @param number the number of the holding that is to be kept; 0 for a new one
   * @return the number of the holding; empty if somebody else holds it
   */
  public Optional<Long> take(String name, String owner, long number, long millis)
      throws SQLException {
    String clock = database.dialect().clock();
    if (number > 0
        && database.update(
                "update serai_lease set expires_at = "
                    + clock
                    + " + ? where name = ? and owner = ? and number = ? and expires_at > "
                    + clock,
                millis,
                name,
                owner,
                number)
            > 0) {
      return Optional.of(number);
    }
    return database.transact(
        connection -> {
          int taken =
              Database.update(
                  connection,
                  "update serai_lease set owner = ?, number = number + 1, expires_at = "
                      + clock
                      + " + ? where name = ? and expires_at <= "
                      + clock,
                  owner,
                  millis,
                  name);
          if (taken == 0) {
            taken =
                Database.update(
                    connection,
                    "insert into serai_lease (name, owner, number, expires_at) values (?, ?, "
                        + clock
                        + ", "
                        + clock
                        + " + ?) on conflict do nothing",
                    name,
                    owner,
                    millis);
          }
          return taken == 0
              ? Optional.empty()
              : Optional.of(row(connection, name, "").get(0).number());
        });
  }

  /** Who holds a right, or held it last; empty if nobody ever has. */
  public Optional<Holder> holder(String name) throws SQLException {
    return database.transact(connection -> row(connection, name, "").stream().findFirst());
  }

  private List<Holder> row(Connection connection, String name, String lock) throws SQLException {
    return Database.query(
        connection,
        "select owner, number, expires_at - "
            + database.dialect().clock()
            + " from serai_lease where name = ? "
            + lock,
        row -> new Holder(row.getString(1), row.getLong(2), Math.max(0, row.getLong(3))),
        name);
  }

  /**
   * Whether a holding is the one that counts, and stays so until the transaction ends.
   *
   * @param owner who thinks that it holds the right
   */
  boolean isHeld(Connection connection, String name, String owner, long number)
      throws SQLException {
    @Nullable Holder holder =
        row(connection, name, database.dialect().share()).stream().findFirst().orElse(null);
    return holder != null
        && holder.owner().equals(owner)
        && holder.number() == number
        && holder.left() > 0;
  }

  /** Lets go of a right. */
  public void release(String name, String owner, long number) throws SQLException {
    int unused =
        database.update(
            "update serai_lease set expires_at = 0 where name = ? and owner = ? and number = ?",
            name,
            owner,
            number);
  }

  /** Frees a right whatever its holder says: where nobody but this process can be one. */
  public void free(String name) throws SQLException {
    int unused = database.update("update serai_lease set expires_at = 0 where name = ?", name);
  }

  /** Forgets rights that have been free for long, but for one: names of locks come and go. */
  public void prune(String but, long millis) throws SQLException {
    int unused =
        database.update(
            "delete from serai_lease where name like 'lock/%' and name <> ? and expires_at < "
                + database.dialect().clock()
                + " - ?",
            but,
            millis);
  }
}

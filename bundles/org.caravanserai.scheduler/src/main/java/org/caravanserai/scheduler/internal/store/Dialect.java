package org.caravanserai.scheduler.internal.store;

/**
 * In what the databases differ.
 *
 * @param name what it is called
 * @param clock the time now, in milliseconds since 1970, whenever it is asked within a transaction
 * @param share how a row that was read is kept from changing until the transaction ends
 * @param exclusive what makes one server at a time work on the tables; empty if there is only one
 */
record Dialect(String name, String clock, String share, String exclusive) {

  static final Dialect POSTGRESQL =
      new Dialect(
          "PostgreSQL",
          "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)",
          "for share",
          "select pg_advisory_xact_lock(739521046)");

  /** Its clock is that of this process, and no other process has it open. */
  static final Dialect H2 =
      new Dialect(
          "H2",
          "datediff(millisecond, timestamp with time zone '1970-01-01 00:00:00+00',"
              + " current_timestamp)",
          "for update",
          "");
}

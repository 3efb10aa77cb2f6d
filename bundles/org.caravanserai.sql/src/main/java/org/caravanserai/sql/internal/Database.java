package org.caravanserai.sql.internal;

/**
 * One configuration of a connection, with what it holds.
 *
 * @param configuration what it says
 * @param address where the database is
 * @param source makes connections
 * @param pool keeps them
 */
record Database(
    SqlConnection configuration, DatabaseAddress address, DriverDataSource source, Pool pool) {}

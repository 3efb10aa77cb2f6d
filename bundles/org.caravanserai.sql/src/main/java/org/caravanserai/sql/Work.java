package org.caravanserai.sql;

import org.jspecify.annotations.Nullable;

/**
 * What is done in one transaction.
 *
 * @param <T> what comes of it
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object, X extends Exception> {

  /**
   * Does it.
   *
   * @param sql the transaction; of no use afterwards
   */
  T run(Sql sql) throws X;
}

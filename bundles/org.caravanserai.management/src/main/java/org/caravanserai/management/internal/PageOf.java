package org.caravanserai.management.internal;

/**
 * Says that an operation answers with a {@link Page}.
 *
 * @param item what its items are
 */
record PageOf(Class<?> item) {}

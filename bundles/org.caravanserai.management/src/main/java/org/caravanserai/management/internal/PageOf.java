package org.caravanserai.management.internal;

import org.caravanserai.management.Page;

/**
 * Says that an operation answers with a {@link Page}.
 *
 * @param item what its items are
 */
record PageOf(Class<?> item) {}

package org.caravanserai.management.internal;

import java.util.List;

/**
 * A list as the admin API answers it.
 *
 * @param items the items
 * @param total how many there are in all
 * @param <T> what they are
 */
record Page<T>(List<T> items, int total) {}

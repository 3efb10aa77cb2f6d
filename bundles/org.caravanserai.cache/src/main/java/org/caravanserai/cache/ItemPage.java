package org.caravanserai.cache;

import java.util.List;

/**
 * A part of the values of a cache.
 *
 * @param items the values, by their keys
 * @param total how many there are of those that are wanted
 */
public record ItemPage(List<CacheItem> items, int total) {}

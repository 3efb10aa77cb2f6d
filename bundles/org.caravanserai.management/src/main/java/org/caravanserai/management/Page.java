package org.caravanserai.management;

import java.util.List;

/**
 * A list, or a part of one.
 *
 * @param items the items
 * @param total how many there are in all
 * @param <T> what they are
 */
public record Page<T>(List<T> items, int total) {

  /** All of a list. */
  public static <T> Page<T> all(List<T> items) {
    return new Page<>(items, items.size());
  }
}

package org.caravanserai.cache.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies a tree of plain values so that nobody can change it, and measures it on the way. */
final class PlainTree {

  /** What an object costs beside what is in it. */
  private static final int OBJECT = 48;

  private static final int NUMBER_SIZE = 8;
  private static final int MAX_DEPTH = 100;

  private static final Set<Class<?>> FIXED =
      Set.of(
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  private long size;
  private long weight;

  private PlainTree() {}

  /** The copy; {@code null} if something in it is not plain. */
  static @Nullable Stored copy(Object value) {
    PlainTree tree = new PlainTree();
    Object copy = tree.copy(value, 0);
    return copy == null
        ? null
        : new Stored(copy, (int) Math.min(tree.size, Integer.MAX_VALUE), tree.weight);
  }

  private @Nullable Object copy(Object value, int depth) {
    if (value instanceof String text) {
      return counted(text, text.length(), 2L * text.length());
    }
    if (value instanceof byte[] bytes) {
      return depth > 0 ? null : counted(bytes.clone(), bytes.length, bytes.length);
    }
    if (FIXED.contains(value.getClass()) || isOfTime(value)) {
      return counted(value, NUMBER_SIZE, 0);
    }
    if (depth == MAX_DEPTH) {
      throw new IllegalArgumentException("it is nested deeper than " + MAX_DEPTH);
    }
    return value instanceof Map<?, ?> map
        ? copyMap(map, depth)
        : value instanceof List<?> list ? copyList(list, depth) : null;
  }

  private static boolean isOfTime(Object value) {
    return (value instanceof TemporalAccessor
            || value instanceof TemporalAmount
            || value instanceof ZoneId)
        && value.getClass().getClassLoader() == null
        && value.getClass().getPackageName().equals("java.time");
  }

  private Object counted(Object value, long characters, long bytes) {
    size += characters;
    weight += OBJECT + bytes;
    return value;
  }

  private @Nullable Object copyMap(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (!(each.getKey() instanceof String key)) {
        return null;
      }
      Object value = each.getValue();
      Object member = value == null ? null : copy(value, depth + 1);
      if (value != null && member == null) {
        return null;
      }
      counted(key, key.length(), OBJECT + 2L * key.length());
      copy.put(key, member);
    }
    return counted(Collections.unmodifiableMap(copy), 2, OBJECT);
  }

  private @Nullable Object copyList(List<?> list, int depth) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object value : list) {
      Object element = value == null ? null : copy(value, depth + 1);
      if (value != null && element == null) {
        return null;
      }
      copy.add(element);
    }
    return counted(Collections.unmodifiableList(copy), 2, 8L * list.size());
  }
}

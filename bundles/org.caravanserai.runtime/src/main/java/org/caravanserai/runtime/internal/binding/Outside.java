package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects of which nobody knows whose classes they are. What consists of the platform's
 * classes only is written by a shared mapper, all else by one for the occasion, so that no cache
 * keeps a revision's classes.
 */
final class Outside implements Writing {

  private static final int MAX_DEPTH = 100;

  private final Json shared;
  private final Supplier<Json> fresh;

  Outside(Supplier<Json> fresh) {
    this.shared = fresh.get();
    this.fresh = fresh;
  }

  @Override
  public TokenBuffer tokens(Object value) throws IOException {
    return writerOf(value).tokens(value);
  }

  @Override
  public byte[] document(Object value) throws IOException {
    return writerOf(value).document(value);
  }

  /** The mapper that knows classes of the platform only. */
  Json shared() {
    return shared;
  }

  private Json writerOf(Object value) {
    return isPlain(value, 0) ? shared : fresh.get();
  }

  private static boolean isPlain(@Nullable Object value, int depth) {
    if (value == null || value instanceof JsonNode) {
      return true;
    }
    if (value.getClass().getClassLoader() != null || depth == MAX_DEPTH) {
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      return areAllPlain(map.keySet(), depth + 1) && areAllPlain(map.values(), depth + 1);
    }
    return value instanceof Collection<?> list
        ? areAllPlain(list, depth + 1)
        : value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value.getClass().getPackageName().equals("java.time");
  }

  private static boolean areAllPlain(Collection<?> values, int depth) {
    for (Object value : values) {
      if (!isPlain(value, depth)) {
        return false;
      }
    }
    return true;
  }
}

package org.caravanserai.cache.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Values in a Redis, shared by all servers that have a cache of that name there. The value of
 * {@code key} in the cache {@code name} is the hash {@code serai:cache:name:key}, the name as in a
 * URL's query; {@code t} of it is {@code text}, {@code bytes} or {@code json}, which {@code v} is
 * in UTF-8.
 */
final class RedisStore implements Store {

  private static final String TEXT = "text";
  private static final String BYTES = "bytes";
  private static final String JSON = "json";
  private static final int AT_ONCE = 1000;
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final RedisPool redis;
  private final String prefix;
  private final IntSupplier maxKeys;
  private volatile Terms terms;

  /**
   * A cache in a Redis, which need not be reached yet.
   *
   * @param maxKeys how many keys may be chosen at once
   */
  RedisStore(String cache, Terms terms, RedisServer server, IntSupplier maxKeys) {
    this.redis = new RedisPool(cache, server);
    // A colon ends the name, and nothing in it has a meaning in a pattern.
    this.prefix =
        "serai:cache:" + URLEncoder.encode(cache, StandardCharsets.UTF_8).replace("*", "%2A") + ":";
    this.maxKeys = maxKeys;
    this.terms = terms;
  }

  private byte[] place(String key) {
    return (prefix + key).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Optional<String> problem() {
    return redis.problem();
  }

  @Override
  public @Nullable Object read(String key) {
    return value(RedisScript.READ.run(redis, place(key), flag(terms.extendOnGet())));
  }

  @Override
  public @Nullable Object look(String key) {
    return value(redis.ask(new CommandArguments(Command.HMGET).add(place(key)).add("t").add("v")));
  }

  /** The value in an answer that begins with type and value; {@code null} if there is none. */
  private static @Nullable Object value(@Nullable Object answer) {
    if (!(answer instanceof List<?> parts)
        || !(parts.get(0) instanceof byte[] type)
        || !(parts.get(1) instanceof byte[] value)) {
      return null;
    }
    return switch (text(type)) {
      case TEXT -> text(value);
      case BYTES -> value;
      case JSON -> Values.keep(value).value();
      default -> null;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String flag(boolean isSet) {
    return isSet ? "1" : "0";
  }

  @Override
  public @Nullable CacheEntry entry(String key) {
    Object answer = RedisScript.ENTRY.run(redis, place(key));
    Object value = value(answer);
    if (value == null || !(answer instanceof List<?> parts)) {
      return null;
    }
    long expiry = number(parts.get(8)).orElse(0L);
    return new CacheEntry(
        key,
        Values.read(value),
        number(parts.get(2)).orElse(0L),
        number(parts.get(3)).orElse(0L),
        time(parts.get(4)),
        time(parts.get(5)),
        time(parts.get(6)),
        time(parts.get(7)),
        expiry == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(expiry)),
        time(parts.get(9)));
  }

  private static Optional<Long> number(@Nullable Object part) {
    return part instanceof byte[] digits && digits.length > 0
        ? Optional.of(Long.valueOf(text(digits)))
        : Optional.empty();
  }

  private static Optional<Instant> time(@Nullable Object part) {
    return number(part).map(Instant::ofEpochMilli);
  }

  @Override
  public @Nullable Object write(String key, Stored value, @Nullable Duration expiry) {
    Terms now = terms;
    Object kept = value.value();
    String type = kept instanceof String ? TEXT : kept instanceof byte[] ? BYTES : JSON;
    return value(
        RedisScript.WRITE.run(
            redis,
            place(key),
            type,
            content(kept),
            expiry == null ? "" : millis(Terms.nanos(expiry)),
            millis(now.nanosOr(null)),
            flag(now.extendOnSet())));
  }

  private static byte[] content(Object kept) {
    if (kept instanceof byte[] bytes) {
      return bytes;
    }
    if (kept instanceof JsonText json) {
      return json.document();
    }
    return kept instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : Values.write(Values.show(kept));
  }

  /** Rounded up: 0 is for ever. */
  private static String millis(long nanos) {
    return Long.toString((nanos + NANOS - 1) / NANOS);
  }

  @Override
  public @Nullable Object remove(String key) {
    return value(RedisScript.REMOVE.run(redis, place(key)));
  }

  @Override
  public boolean expire(String key, Duration expiry) {
    Object answer = RedisScript.EXPIRE.run(redis, place(key), millis(Terms.nanos(expiry)));
    return Long.valueOf(1).equals(answer);
  }

  @Override
  public List<String> keys(Predicate<String> wanted) {
    int most = maxKeys.getAsInt();
    Set<String> keys = new LinkedHashSet<>();
    scan(
        some -> {
          some.stream().filter(wanted).forEach(keys::add);
          if (keys.size() > most) {
            throw new ServiceException(
                400, "more than " + most + " keys are chosen: choose fewer keys");
          }
        });
    return List.copyOf(keys);
  }

  @Override
  public int removeAll(Predicate<String> wanted) {
    long[] removed = new long[1];
    scan(
        some -> {
          List<byte[]> places = some.stream().filter(wanted).map(this::place).toList();
          if (!places.isEmpty()) {
            CommandArguments command = new CommandArguments(Command.UNLINK);
            places.forEach(command::add);
            removed[0] += redis.ask(command) instanceof Long count ? count : 0;
          }
        });
    return (int) Math.min(removed[0], Integer.MAX_VALUE);
  }

  @Override
  public long size() {
    long[] size = new long[1];
    scan(some -> size[0] += some.size());
    return size[0];
  }

  /** Goes through the keys of this cache; one may come twice if others write meanwhile. */
  private void scan(Consumer<List<String>> some) {
    String cursor = "0";
    do {
      Object answer =
          redis.ask(
              new CommandArguments(Command.SCAN)
                  .add(cursor)
                  .add("MATCH")
                  .add(prefix + "*")
                  .add("COUNT")
                  .add(AT_ONCE));
      if (!(answer instanceof List<?> parts)
          || !(parts.get(0) instanceof byte[] next)
          || !(parts.get(1) instanceof List<?> found)) {
        throw new IllegalStateException("SCAN was answered with " + answer);
      }
      List<String> keys = new ArrayList<>(found.size());
      for (Object each : found) {
        keys.add(text((byte[]) each).substring(prefix.length()));
      }
      some.accept(keys);
      cursor = text(next);
    } while (!cursor.equals("0"));
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void replace(Terms changed) {
    terms = changed;
  }

  @Override
  public void close() {
    redis.close();
  }
}

package org.caravanserai.cache.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** What callers from outside do with caches: all in JSON, under the names that Zato's have. */
public final class GuestDesk {

  private final LiveCaches caches;
  private final long largest;

  /**
   * A desk.
   *
   * @param largest how much memory the values of one answer may take
   */
  public GuestDesk(LiveCaches caches, long largest) {
    this.caches = caches;
    this.largest = largest;
  }

  /** The name of the cache that is meant if none is named. */
  public String usual() {
    return caches.usual().name();
  }

  /**
   * A value.
   *
   * @param hasDetails whether all that is known of it is wanted, too
   * @throws ServiceException with status 404 if it is not there
   */
  public ObjectNode get(String cache, String key, boolean hasDetails) {
    LiveCache found = caches.find(cache);
    Object kept = found.read(key);
    if (kept == null) {
      throw absent(cache, key);
    }
    return hasDetails ? details(found, key, kept) : value("value", kept);
  }

  private static ServiceException absent(String cache, String key) {
    return new ServiceException(404, "there is no " + key + " in the cache " + cache);
  }

  private static ObjectNode value(String name, @Nullable Object kept) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set(name, Values.show(kept));
    return answer;
  }

  private static ObjectNode details(LiveCache cache, String key, Object kept) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("key", key);
    answer.set("value", Values.show(kept));
    CacheEntry entry = cache.store().entry(key);
    if (entry != null) {
      answer.put("version", entry.version()).put("hits", entry.hits());
      time(answer, "last_read", entry.lastRead());
      time(answer, "prev_read", entry.previousRead());
      time(answer, "last_write", entry.lastWrite());
      time(answer, "prev_write", entry.previousWrite());
      answer.put("expiry", entry.expiry().map(time -> time.toMillis() / 1000.0).orElse(0.0));
      time(answer, "expires_at", entry.expiresAt());
    }
    return answer;
  }

  private static void time(ObjectNode answer, String name, Optional<Instant> time) {
    time.ifPresent(known -> answer.put(name, known.toString()));
  }

  /**
   * Keeps a value.
   *
   * @param isAsked whether the value before it is wanted, as {@code prev_value}
   */
  public ObjectNode set(
      String cache, String key, JsonNode value, Optional<Duration> expiry, boolean isAsked) {
    Object before = caches.find(cache).write(key, Values.keep(value), expiry.orElse(null));
    return changed(key, before, isAsked);
  }

  /**
   * Deletes a value.
   *
   * @throws ServiceException with status 404 if it is not there
   */
  public ObjectNode delete(String cache, String key, boolean isAsked) {
    Object before = caches.find(cache).remove(key);
    if (before == null) {
      throw absent(cache, key);
    }
    return changed(key, before, isAsked);
  }

  private static ObjectNode changed(String key, @Nullable Object before, boolean isAsked) {
    ObjectNode answer =
        isAsked ? value("prev_value", before) : JsonNodeFactory.instance.objectNode();
    return answer.put("key", key);
  }

  /**
   * Values by their keys.
   *
   * @throws ServiceException with status 400 if they are too many for one answer
   */
  public ObjectNode getAll(String cache, CacheKeys keys, boolean hasDetails) {
    LiveCache found = caches.find(cache);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    long size = 0;
    for (String key : found.keys(Choice.of(keys))) {
      Object kept = found.read(key);
      if (kept == null) {
        continue;
      }
      JsonNode shown = hasDetails ? details(found, key, kept) : Values.show(kept);
      size += key.length() + Values.write(shown).length;
      if (size > largest) {
        throw new ServiceException(
            400, "the values have more than " + largest + " characters: choose fewer keys");
      }
      values.set(key, shown);
    }
    ObjectNode answer = count(values.size());
    answer.set("values", values);
    return answer;
  }

  private static ObjectNode count(int count) {
    return JsonNodeFactory.instance.objectNode().put("count", count);
  }

  /** Gives those that are there another value. */
  public ObjectNode setAll(
      String cache, CacheKeys keys, JsonNode value, Optional<Duration> expiry) {
    LiveCache found = caches.find(cache);
    Stored kept = Values.keep(value);
    List<String> wanted = found.keys(Choice.of(keys));
    wanted.forEach(key -> found.write(key, kept, expiry.orElse(null)));
    return count(wanted.size());
  }

  /** Deletes values. */
  public ObjectNode deleteAll(String cache, CacheKeys keys) {
    return count(caches.find(cache).removeAll(Choice.of(keys)));
  }

  /** Sets how long values are kept from now on. */
  public ObjectNode expireAll(String cache, CacheKeys keys, Duration expiry) {
    LiveCache found = caches.find(cache);
    Terms.nanos(expiry);
    List<String> wanted = found.keys(Choice.of(keys));
    return count((int) wanted.stream().filter(key -> found.expire(key, expiry)).count());
  }

  /**
   * Reads JSON that somebody sent.
   *
   * @throws ServiceException with status 400 and the place if it is none
   */
  public static JsonNode parse(byte[] document) {
    return Values.parse(document);
  }

  /** JSON as bytes. */
  public static byte[] write(JsonNode json) {
    return Values.write(json);
  }
}

package org.caravanserai.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where operators look after caches.
 *
 * <p>All methods that name a cache throw a {@code ServiceException}, whose words are fit for
 * operators, with status 404 if there is none of that name.
 */
@ProviderType
public interface CacheDesk {

  /** The caches, by name; those in a Redis are not counted. */
  List<CacheStatus> caches();

  /** A cache; one in a Redis that does not answer is not counted. */
  CacheStatus cache(String name);

  /**
   * Values by their keys, with the beginning of each.
   *
   * @param search a text that is in the key or in the value, in any case; empty for all
   * @param offset how many to leave out
   * @param limit how many at most
   */
  ItemPage items(String cache, String search, int offset, int limit);

  /** One of them; that does not count as reading it. Status 404 if it is not there. */
  CacheItem item(String cache, String key);

  /**
   * Puts a value; status 413 if it is too large.
   *
   * @param json it; status 400 if that is no JSON
   * @param expiry how long it is kept; empty as the cache says, zero for ever
   */
  void put(String cache, String key, byte[] json, Optional<Duration> expiry);

  /** Deletes a value; status 404 if it is not there. */
  void delete(String cache, String key);

  /**
   * Deletes all.
   *
   * @param confirmation the cache's name once more; else status 422
   * @return how many there were
   */
  long clear(String cache, String confirmation);
}

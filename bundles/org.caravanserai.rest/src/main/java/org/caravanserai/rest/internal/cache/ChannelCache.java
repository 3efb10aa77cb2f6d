package org.caravanserai.rest.internal.cache;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.rest.internal.cache.CacheKey.Contents;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;

/** The answers of one service that one channel keeps, and the calls for them under way. */
public final class ChannelCache {

  private final ResponseCaches caches;
  private final CachePolicy policy;
  private final Slot slot;
  private final Map<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private volatile Of current = new Of(new WeakReference<>(null), new Contents());

  /**
   * What is kept of one revision; weak, for a cache must not keep a service's classes.
   *
   * @param revision the revision
   * @param contents what is kept
   */
  private record Of(WeakReference<@Nullable ServiceRevision> revision, Contents contents) {}

  ChannelCache(ResponseCaches caches, CachePolicy policy, Slot slot) {
    this.caches = caches;
    this.policy = policy;
    this.slot = slot;
  }

  CachePolicy policy() {
    return policy;
  }

  /**
   * Answers a request from what is kept, by a call that is under way, or by one of its own.
   *
   * @param query its query
   * @param body its body; {@code null} if there is none
   */
  public void answer(
      CachedRequest request, Map<String, List<String>> query, byte @Nullable [] body) {
    TrafficExchange exchange = request.exchange();
    CacheKey key = CacheKey.of(contents(), policy, exchange, query, body);
    CachedAnswer kept = key == null ? null : caches.find(key);
    if (kept != null) {
      kept.answer(exchange, "hit", caches.age(kept), () -> {});
    } else if (key == null || exchange.method().equals("HEAD")) {
      request.start(request.timeout(), null);
    } else {
      call(key, request);
    }
  }

  private void call(CacheKey key, CachedRequest request) {
    boolean isKept = !policy.cacheOnSecondRequest() || caches.isSecond(key, policy.lifetime());
    Flight flight = new Flight(this, key, isKept);
    if (!policy.coalesceTimeout().isZero()) {
      Flight other = flights.putIfAbsent(key, flight);
      if (other != null && other.join(request)) {
        return;
      }
    }
    request.start(request.timeout(), flight);
  }

  /** What is kept now, nothing once the service has been deployed anew. */
  private Contents contents() {
    ServiceRevision revision = slot.current().orElse(null);
    Of known = current;
    if (known.revision().get() == revision) {
      return known.contents();
    }
    return begin(revision);
  }

  private synchronized Contents begin(@Nullable ServiceRevision revision) {
    Of known = current;
    if (known.revision().get() != revision) {
      Contents next = new Contents();
      current = new Of(new WeakReference<>(revision), next);
      caches.drop(known.contents());
      return next;
    }
    return known.contents();
  }

  /** Throws away what is kept. */
  void clear() {
    Contents gone;
    synchronized (this) {
      gone = current.contents();
      current = new Of(current.revision(), new Contents());
    }
    caches.drop(gone);
  }

  CachedAnswer answer(ServiceAnswer answer) {
    String etag = null;
    if (policy.needsEtag() && answer.headers().keySet().stream().noneMatch(ChannelCache::isEtag)) {
      etag = EntityTags.of(answer.content());
    }
    return new CachedAnswer(
        answer.contentType(),
        answer.content(),
        answer.headers(),
        etag,
        policy.lifetime().toNanos(),
        caches.now());
  }

  private static boolean isEtag(String header) {
    return header.equalsIgnoreCase("ETag");
  }

  void keep(CacheKey key, CachedAnswer answer) {
    if (key.contents() == current.contents()) {
      caches.keep(key, answer);
    }
  }

  void landed(CacheKey key, Flight flight) {
    flights.remove(key, flight);
  }

  ScheduledFuture<?> later(Runnable work, long nanos) {
    return caches.later(work, nanos);
  }
}

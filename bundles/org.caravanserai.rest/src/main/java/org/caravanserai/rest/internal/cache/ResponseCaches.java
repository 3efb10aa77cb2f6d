package org.caravanserai.rest.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.rest.internal.RestSettings;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.ObjectAction;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The answers that all channels keep, within one bound of memory. */
@Component(
    service = {ResponseCaches.class, ObjectAction.class},
    configurationPid = RestSettings.PID)
@Designate(ocd = RestSettings.class)
public final class ResponseCaches implements ObjectAction {

  /** The share of the memory for remembering what was asked for once. */
  private static final int SEEN_SHARE = 16;

  private final Ticker ticker;
  private final Cache<CacheKey, CachedAnswer> answers;
  private final Cache<CacheKey, Duration> seen;
  private final ScheduledThreadPoolExecutor clock;
  private final Map<String, List<ChannelCache>> channels = new ConcurrentHashMap<>();

  /** Keeps nothing yet. */
  @Activate
  public ResponseCaches(RestSettings settings) {
    this(ByteSize.parse(settings.response__cache__size()), Ticker.systemTicker());
  }

  /**
   * Keeps nothing yet.
   *
   * @param bytes how much memory answers may take
   * @param ticker the clock by which they grow old
   */
  public ResponseCaches(long bytes, Ticker ticker) {
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((CacheKey key, CachedAnswer answer) -> key.weight() + answer.weight())
            .expireAfter(
                Expiry.creating(
                    (CacheKey key, CachedAnswer answer) ->
                        Duration.ofNanos(answer.lifetimeNanos())))
            .ticker(ticker)
            .build();
    this.seen =
        Caffeine.newBuilder()
            .maximumWeight(bytes / SEEN_SHARE)
            .weigher((CacheKey key, Duration lifetime) -> key.weight())
            .expireAfter(Expiry.creating((CacheKey key, Duration lifetime) -> lifetime))
            .ticker(ticker)
            .build();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "serai-response-cache");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Takes another bound, and keeps what fits. */
  @Modified
  public void modified(RestSettings changed) {
    long bytes = ByteSize.parse(changed.response__cache__size());
    answers.policy().eviction().ifPresent(bound -> bound.setMaximum(bytes));
    seen.policy().eviction().ifPresent(bound -> bound.setMaximum(bytes / SEEN_SHARE));
  }

  /** Ends its thread. */
  @Deactivate
  public void deactivate() {
    clock.shutdownNow();
  }

  /**
   * A cache for one service of a channel; {@code null} if the channel wants none.
   *
   * @param slot the place of the service
   */
  public @Nullable ChannelCache cache(Optional<CachePolicy> policy, Slot slot) {
    return policy
        .filter(CachePolicy::isEnabled)
        .map(wanted -> new ChannelCache(this, wanted, slot))
        .orElse(null);
  }

  /** A channel keeps its answers here from now on; what it kept before is thrown away. */
  public void use(String channel, List<ChannelCache> caches) {
    List<ChannelCache> before =
        caches.isEmpty() ? channels.remove(channel) : channels.put(channel, caches);
    if (before != null) {
      before.forEach(ChannelCache::clear);
    }
  }

  @Override
  public String kind() {
    return "channel_rest";
  }

  @Override
  public String name() {
    return "clear-cache";
  }

  @Override
  public Optional<String> run(String channel) {
    return Optional.ofNullable(channels.get(channel))
        .map(
            caches -> {
              caches.forEach(ChannelCache::clear);
              return "the answers of " + channel + " are no longer kept";
            });
  }

  @Nullable CachedAnswer find(CacheKey key) {
    return answers.getIfPresent(key);
  }

  void keep(CacheKey key, CachedAnswer answer) {
    answers.put(key, answer);
  }

  /** Whether it has been asked for before, within a time. */
  boolean isSecond(CacheKey key, Duration lifetime) {
    return seen.asMap().putIfAbsent(key, lifetime) != null;
  }

  /** Throws away what was kept together; until that is done nobody finds it any more. */
  void drop(CacheKey.Contents contents) {
    clock.execute(
        () -> {
          answers.asMap().keySet().removeIf(key -> key.contents() == contents);
          seen.asMap().keySet().removeIf(key -> key.contents() == contents);
        });
  }

  /** How many seconds old an answer is. */
  long age(CachedAnswer answer) {
    return Duration.ofNanos(ticker.read() - answer.madeAt()).toSeconds();
  }

  long now() {
    return ticker.read();
  }

  ScheduledFuture<?> later(Runnable work, long nanos) {
    return clock.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  /** How many requests wait for the answer to another one. */
  public int waiting() {
    return (int)
        clock.getQueue().stream()
            .filter(work -> ((Delayed) work).getDelay(TimeUnit.NANOSECONDS) > 0)
            .count();
  }

  /** How many answers are kept, of all channels. */
  public long size() {
    answers.cleanUp();
    return answers.estimatedSize();
  }
}

package org.caravanserai.security.internal.limit;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.RateRule;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code quota_tier}, and the limiters of all objects. */
@Component(
    service = {ObjectKind.class, RateLimits.class},
    immediate = true)
public final class QuotaTiers implements ObjectKind<QuotaTier>, RateLimits {

  private final Clock clock;
  private final Map<String, List<RateRule>> tiers = new ConcurrentHashMap<>();
  private final Set<LiveRateLimiter> limiters = ConcurrentHashMap.newKeySet();

  /** Without tiers and limiters, by the server's clock and time zone. */
  @Activate
  public QuotaTiers() {
    this(Clock.system(ZoneId.systemDefault()));
  }

  /** Without tiers and limiters, by some clock. */
  public QuotaTiers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "quota_tier";
  }

  @Override
  public String help() {
    return "Rate limits that several objects share, each with counters of its own.";
  }

  @Override
  public Class<QuotaTier> type() {
    return QuotaTier.class;
  }

  @Override
  public void validate(QuotaTier tier) throws InvalidObjectException {
    validate("rules", tier.rules());
  }

  @Override
  public void validate(String field, List<RateRule> rules) throws InvalidObjectException {
    for (int i = 0; i < rules.size(); i++) {
      try {
        LiveRule unused = new LiveRule(rules.get(i), field, clock);
      } catch (IllegalArgumentException e) {
        throw new InvalidObjectException(field, "rule " + (i + 1) + ": " + e.getMessage());
      }
    }
  }

  @Override
  public LiveObject<QuotaTier> open(QuotaTier tier) {
    set(tier.name(), tier.rules());
    return new LiveObject<>() {
      @Override
      public void replace(QuotaTier changed) {
        set(changed.name(), changed.rules());
      }

      @Override
      public void close() {
        set(tier.name(), List.of());
      }
    };
  }

  private void set(String name, List<RateRule> rules) {
    tiers.put(name, rules);
    limiters.forEach(each -> each.tierChanged(name));
  }

  /** The rules of a tier; none if there is no such tier. */
  List<RateRule> rules(String tier) {
    return tiers.getOrDefault(tier, List.of());
  }

  @Override
  public RateLimiter open(String kind, String name, String owner) {
    LiveRateLimiter limiter = new LiveRateLimiter(this, kind + "/" + name, owner, clock);
    limiters.add(limiter);
    return limiter;
  }

  /** Takes a limiter away. */
  void forget(LiveRateLimiter limiter) {
    limiters.remove(limiter);
  }

  @Override
  public boolean clear(String kind, String name) {
    String key = kind + "/" + name;
    boolean any = false;
    for (LiveRateLimiter limiter : limiters) {
      any |= limiter.key().equals(key) && limiter.clear();
    }
    return any;
  }
}

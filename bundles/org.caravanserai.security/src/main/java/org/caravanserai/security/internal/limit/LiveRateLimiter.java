package org.caravanserai.security.internal.limit;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateRule;
import org.jspecify.annotations.Nullable;

/** The limits of one object: its own rules, then those of its quota tier. */
final class LiveRateLimiter implements RateLimiter {

  private final QuotaTiers tiers;
  private final String key;
  private final String owner;
  private final Clock clock;
  private List<RateRule> own = List.of();
  private Optional<String> tier = Optional.empty();
  private volatile LiveRule[] rules = {};

  LiveRateLimiter(QuotaTiers tiers, String key, String owner, Clock clock) {
    this.tiers = tiers;
    this.key = key;
    this.owner = owner;
    this.clock = clock;
  }

  String key() {
    return key;
  }

  @Override
  public @Nullable RateDecision take(InetAddress address) {
    for (LiveRule rule : rules) {
      if (rule.holdsFor(address)) {
        return rule.take();
      }
    }
    return null;
  }

  @Override
  public synchronized void follow(List<RateRule> changed, Optional<String> changedTier) {
    own = changed;
    tier = changedTier;
    build();
  }

  /** A quota tier has changed. */
  synchronized void tierChanged(String name) {
    if (tier.isPresent() && tier.get().equals(name)) {
      build();
    }
  }

  private void build() {
    List<RateRule> wanted = new ArrayList<>(own);
    tier.ifPresent(name -> wanted.addAll(tiers.rules(name)));
    List<LiveRule> before = new ArrayList<>(Arrays.asList(rules));
    List<LiveRule> next = new ArrayList<>();
    for (RateRule rule : wanted) {
      LiveRule same = before.stream().filter(each -> each.isOf(rule)).findFirst().orElse(null);
      if (same == null) {
        next.add(new LiveRule(rule, owner, clock));
      } else {
        before.remove(same);
        next.add(same);
      }
    }
    rules = next.toArray(LiveRule[]::new);
  }

  /** Sets all counters to zero; whether there are any. */
  boolean clear() {
    LiveRule[] all = rules;
    for (LiveRule rule : all) {
      rule.clear();
    }
    return all.length > 0;
  }

  @Override
  public synchronized void close() {
    own = List.of();
    tier = Optional.empty();
    rules = new LiveRule[0];
    tiers.forget(this);
  }
}

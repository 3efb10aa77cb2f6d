package org.caravanserai.security.internal.limit;

import java.net.InetAddress;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.security.AddressRange;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateRule;
import org.caravanserai.security.TimeRange;
import org.jspecify.annotations.Nullable;

/** A rule in operation. */
final class LiveRule {

  private static final long MINUTE = 60_000;

  private final RateRule rule;
  private final boolean everybody;
  private final AddressRange[] addresses;
  private final Quota[] quotas;
  private final Clock clock;
  private volatile Choice choice = new Choice(Long.MIN_VALUE, null);

  /**
   * What holds in a minute.
   *
   * @param minute the minute since 1970
   * @param quota what holds; {@code null} for no limit
   */
  private record Choice(long minute, @Nullable Quota quota) {}

  /**
   * A rule whose counters are zero.
   *
   * @throws IllegalArgumentException if it makes no sense; the message says why
   */
  LiveRule(RateRule rule, String owner, Clock clock) {
    this.rule = rule;
    this.clock = clock;
    if (rule.cidrList().isEmpty()) {
      throw new IllegalArgumentException("cidr_list must not be empty; 0.0.0.0/0 is any address");
    }
    if (rule.timeRange().isEmpty()) {
      throw new IllegalArgumentException("time_range must not be empty");
    }
    addresses = rule.cidrList().stream().map(AddressRange::parse).toArray(AddressRange[]::new);
    boolean any = false;
    for (AddressRange range : addresses) {
      any |= range.isAnyIpv4();
    }
    everybody = any;
    List<Quota> all = new ArrayList<>();
    for (TimeRange range : rule.timeRange()) {
      all.add(new Quota(range, owner, clock));
    }
    quotas = all.toArray(Quota[]::new);
  }

  /** Whether it is made of a rule. */
  boolean isOf(RateRule other) {
    return rule.equals(other);
  }

  /** Whether it holds for an address. */
  boolean holdsFor(InetAddress address) {
    return everybody || has(address.getAddress());
  }

  private boolean has(byte[] address) {
    for (AddressRange range : addresses) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** Counts a request; {@code null} if nothing limits it. */
  @Nullable RateDecision take() {
    long minute = Math.floorDiv(clock.millis(), MINUTE);
    Choice now = choice;
    if (now.minute() != minute) {
      now = new Choice(minute, choose());
      choice = now;
    }
    Quota quota = now.quota();
    return quota == null ? null : quota.take();
  }

  private @Nullable Quota choose() {
    LocalTime time = LocalTime.ofInstant(clock.instant(), clock.getZone());
    int minute = time.getHour() * 60 + time.getMinute();
    for (Quota quota : quotas) {
      if (quota.holdsAt(minute)) {
        return quota;
      }
    }
    return null;
  }

  /** Sets its counters to zero. */
  void clear() {
    for (Quota quota : quotas) {
      quota.clear();
    }
  }
}

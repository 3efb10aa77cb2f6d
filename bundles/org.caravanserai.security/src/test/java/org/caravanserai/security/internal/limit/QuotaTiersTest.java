package org.caravanserai.security.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.security.AddressRange;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateDecision.Outcome;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateRule;
import org.caravanserai.security.TimeRange;
import org.caravanserai.security.TimeRange.Unit;
import org.caravanserai.security.internal.jwt.ManualClock;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.Test;

class QuotaTiersTest {

  private static final InetAddress HERE = AddressRange.address("10.0.0.1");
  private static final InetAddress THERE = AddressRange.address("2001:db8::1");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T21:59:30Z"));
  private final QuotaTiers tiers = new QuotaTiers(clock);
  private final RateLimiter limiter = tiers.open("channel_rest", "one", "channel");

  /** A time range as YAML would have it. */
  private static final class Range {

    private Optional<Boolean> allDay = Optional.empty();
    private Optional<String> from = Optional.empty();
    private Optional<String> to = Optional.empty();
    private Optional<Long> limit = Optional.empty();
    private Unit unit = Unit.MINUTE;
    private Optional<Double> rate = Optional.empty();
    private Optional<Long> burst = Optional.empty();
    private boolean disabled;
    private boolean disallowed;

    Range between(String begin, String end) {
      from = Optional.ofNullable(begin);
      to = Optional.ofNullable(end);
      return this;
    }

    Range limit(long count, Unit each) {
      limit = Optional.of(count);
      unit = each;
      return this;
    }

    Range rate(double perSecond, Long atOnce) {
      rate = Optional.of(perSecond);
      burst = Optional.ofNullable(atOnce);
      return this;
    }

    Range disabled() {
      disabled = true;
      return this;
    }

    Range disallowed() {
      disallowed = true;
      return this;
    }

    TimeRange build() {
      return new TimeRange(allDay, from, to, limit, unit, rate, burst, disabled, disallowed);
    }
  }

  private static RateRule rule(String cidr, Range... ranges) {
    List<TimeRange> built = new ArrayList<>();
    for (Range range : ranges) {
      built.add(range.build());
    }
    return new RateRule(List.of(cidr), built);
  }

  private static RateRule perMinute(String cidr, long limit) {
    return rule(cidr, new Range().limit(limit, Unit.MINUTE));
  }

  private void follow(RateRule... rules) {
    limiter.follow(List.of(rules), Optional.empty());
  }

  /** How many of a hundred requests are let in. */
  private static int letIn(RateLimiter limiter, InetAddress address) {
    int count = 0;
    for (int i = 0; i < 100; i++) {
      RateDecision decision = limiter.take(address);
      count += decision == null || decision.outcome() == Outcome.ALLOWED ? 1 : 0;
    }
    return count;
  }

  @Test
  void withoutRulesNothingIsLimited() {
    assertThat(limiter.take(HERE)).isNull();
    assertThat(tiers.clear("channel_rest", "one")).isFalse();
  }

  @Test
  void aWindowCountsDownAndBeginsAnew() {
    follow(perMinute("0.0.0.0/0", 2));
    assertThat(limiter.take(HERE))
        .isEqualTo(new RateDecision(Outcome.ALLOWED, "channel", "\"channel\";q=2;w=60", 2, 1, 30));
    assertThat(limiter.take(HERE).remaining()).isZero();
    RateDecision limited = limiter.take(HERE);
    assertThat(limited.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(limited.resetSeconds()).isEqualTo(30);
    assertThat(limited.status()).isEqualTo("\"channel\";r=0;t=30");
    clock.advance(Duration.ofSeconds(29).plusMillis(500));
    assertThat(limiter.take(HERE).resetSeconds()).isEqualTo(1);
    clock.advance(Duration.ofMillis(500));
    assertThat(letIn(limiter, HERE)).isEqualTo(2);
  }

  @Test
  void unitsAreThoseOfTheCalendar() {
    follow(rule("0.0.0.0/0", new Range().limit(1, Unit.MONTH)));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    assertThat(limiter.take(HERE).resetSeconds()).isEqualTo(2 * 3_600 + 30);
    clock.advance(Duration.ofHours(2));
    assertThat(letIn(limiter, HERE)).isZero();
    clock.advance(Duration.ofSeconds(30));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    clock.advance(Duration.ofDays(27));
    assertThat(letIn(limiter, HERE)).isZero();
    clock.advance(Duration.ofDays(1));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
  }

  @Test
  void everyUnitEnds() {
    for (Unit unit : Unit.values()) {
      follow(rule("0.0.0.0/0", new Range().limit(3, unit)));
      assertThat(letIn(limiter, HERE)).as(unit.toString()).isEqualTo(3);
      clock.advance(Duration.ofSeconds(limiter.take(HERE).resetSeconds()));
      assertThat(letIn(limiter, HERE)).as(unit.toString()).isEqualTo(3);
    }
  }

  @Test
  void aClockThatIsPutBackLimitsNobodyForLong() {
    follow(rule("0.0.0.0/0", new Range().limit(1, Unit.SECOND)));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    clock.set(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
  }

  @Test
  void aBucketLetsABurstInAndThenTheRate() {
    follow(rule("0.0.0.0/0", new Range().rate(2, 10L)));
    assertThat(limiter.take(HERE).policy()).isEqualTo("\"channel\";q=10;w=5");
    assertThat(letIn(limiter, HERE)).isEqualTo(9);
    RateDecision limited = limiter.take(HERE);
    assertThat(limited.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(limited.resetSeconds()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(letIn(limiter, HERE)).isEqualTo(2);
    clock.advance(Duration.ofHours(1));
    assertThat(letIn(limiter, HERE)).isEqualTo(10);
  }

  @Test
  void aRateMayBeBelowOneASecond() {
    follow(rule("0.0.0.0/0", new Range().rate(0.1, null)));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    assertThat(limiter.take(HERE).resetSeconds()).isEqualTo(10);
    clock.advance(Duration.ofSeconds(9));
    assertThat(letIn(limiter, HERE)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
  }

  @Test
  void aRangeMayHaveBothAndTheTighterOneHolds() {
    follow(rule("0.0.0.0/0", new Range().limit(5, Unit.MINUTE).rate(1, 3L)));
    assertThat(letIn(limiter, HERE)).isEqualTo(3);
    clock.advance(Duration.ofSeconds(10));
    assertThat(letIn(limiter, HERE)).as("what the bucket refused is not counted").isEqualTo(2);
    assertThat(limiter.take(HERE).policy()).isEqualTo("\"channel\";q=5;w=60");
  }

  @Test
  void theFirstRuleThatHasTheAddressHolds() {
    follow(perMinute("10.0.0.0/8", 1), perMinute("2001:db8::/32", 2), perMinute("0.0.0.0/0", 3));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    assertThat(letIn(limiter, THERE)).isEqualTo(2);
    assertThat(letIn(limiter, AddressRange.address("203.0.113.1"))).isEqualTo(3);
    assertThat(letIn(limiter, AddressRange.address("2001:db9::1")))
        .as("0.0.0.0/0 is any address, and what has been let in counts")
        .isZero();
  }

  @Test
  void timesMayCrossMidnight() {
    follow(
        rule(
            "0.0.0.0/0",
            new Range().between("22:00", "06:00").disallowed(),
            new Range().between("06:00", "09:00").disabled(),
            new Range().between("09:00", "22:00").limit(1, Unit.DAY)));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(limiter.take(HERE).outcome()).isEqualTo(Outcome.DISALLOWED);
    clock.set(Instant.parse("2026-02-01T05:59:59Z"));
    assertThat(limiter.take(HERE).outcome()).isEqualTo(Outcome.DISALLOWED);
    clock.set(Instant.parse("2026-02-01T06:00:00Z"));
    assertThat(limiter.take(HERE)).isNull();
    clock.set(Instant.parse("2026-02-01T09:00:00Z"));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
  }

  @Test
  void whatIsInNoRangeIsNotLimited() {
    follow(rule("0.0.0.0/0", new Range().between("00:00", "24:00").limit(1, Unit.DAY)));
    assertThat(letIn(limiter, HERE)).isEqualTo(1);
    follow(rule("0.0.0.0/0", new Range().between("08:00", "09:00").limit(1, Unit.DAY)));
    assertThat(limiter.take(HERE)).isNull();
    follow(perMinute("192.168.0.0/16", 1));
    assertThat(limiter.take(HERE)).isNull();
  }

  @Test
  void countersSurviveAnEditThatDoesNotTouchTheirRule() {
    follow(perMinute("10.0.0.0/8", 5));
    assertThat(letIn(limiter, HERE)).isEqualTo(5);
    follow(perMinute("192.168.0.0/16", 1), perMinute("10.0.0.0/8", 5));
    assertThat(letIn(limiter, HERE)).isZero();
    follow(perMinute("10.0.0.0/8", 6));
    assertThat(letIn(limiter, HERE)).isEqualTo(6);
  }

  @Test
  void countersAreCleared() {
    follow(rule("0.0.0.0/0", new Range().limit(5, Unit.MINUTE).rate(1, 5L)));
    assertThat(letIn(limiter, HERE)).isEqualTo(5);
    assertThat(tiers.clear("security", "one")).isFalse();
    assertThat(tiers.clear("channel_rest", "one")).isTrue();
    assertThat(letIn(limiter, HERE)).isEqualTo(5);
    limiter.close();
    assertThat(tiers.clear("channel_rest", "one")).isFalse();
    assertThat(limiter.take(HERE)).isNull();
  }

  @Test
  void aTierIsSharedItsCountersAreNot() throws Exception {
    LiveObject<QuotaTier> tier =
        tiers.open(new QuotaTier("gold", Optional.empty(), List.of(perMinute("0.0.0.0/0", 4))));
    RateLimiter other = tiers.open("channel_rest", "two", "channel");
    limiter.follow(List.of(perMinute("10.0.0.0/8", 1)), Optional.of("gold"));
    other.follow(List.of(), Optional.of("gold"));
    assertThat(letIn(limiter, HERE)).as("an object's own rules come first").isEqualTo(1);
    assertThat(letIn(limiter, THERE)).isEqualTo(4);
    assertThat(letIn(other, HERE)).isEqualTo(4);

    tier.replace(
        new QuotaTier(
            "gold",
            Optional.of("more"),
            List.of(perMinute("172.16.0.0/12", 1), perMinute("0.0.0.0/0", 4))));
    assertThat(letIn(other, HERE)).as("the same rule goes on").isZero();
    tier.replace(new QuotaTier("gold", Optional.empty(), List.of(perMinute("0.0.0.0/0", 7))));
    assertThat(letIn(other, HERE)).isEqualTo(7);
    assertThat(letIn(limiter, THERE)).isEqualTo(7);
    tier.close();
    assertThat(other.take(HERE)).isNull();
  }

  @Test
  void threadsTogetherGetNoMoreThanTheLimit() throws Exception {
    follow(rule("0.0.0.0/0", new Range().limit(250, Unit.MONTH)));
    AtomicInteger all = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                all.addAndGet(letIn(limiter, HERE));
              });
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(all).hasValue(250);
  }

  private void isRefused(RateRule rule, String message) {
    assertThatThrownBy(() -> tiers.validate(new QuotaTier("t", Optional.empty(), List.of(rule))))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo("rules"))
        .hasMessageContaining(message);
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    String any = "0.0.0.0/0";
    Range minute = new Range().limit(1, Unit.MINUTE);
    isRefused(rule("example.com", minute), "expected addresses");
    isRefused(new RateRule(List.of(), List.of(minute.build())), "cidr_list must not be empty");
    isRefused(rule(any), "time_range must not be empty");
    isRefused(rule(any, new Range()), "needs limit, rate, disabled or disallowed");
    isRefused(rule(any, new Range().limit(0, Unit.DAY)), "needs limit");
    isRefused(rule(any, new Range().disabled().disallowed()), "can't be both");
    isRefused(rule(any, new Range().limit(1, Unit.DAY).between("8", "9")), "a time such as 08:30");
    isRefused(
        rule(any, new Range().limit(1, Unit.DAY).between("08:00", null)), "needs time_from and");
    isRefused(
        rule(any, new Range().limit(1, Unit.DAY).between("08:00", "08:00")),
        "must not be the same");
    isRefused(rule(any, new Range().rate(1e9, null)), "rate must be");
    Range burst = new Range().limit(1, Unit.DAY);
    burst.burst = Optional.of(3L);
    isRefused(rule(any, burst), "burst makes no sense");
    Range allDay = new Range().limit(1, Unit.DAY).between("00:00", "00:00");
    allDay.allDay = Optional.of(true);
    assertThatCode(
            () -> tiers.validate(new QuotaTier("t", Optional.empty(), List.of(rule(any, allDay)))))
        .doesNotThrowAnyException();
  }
}

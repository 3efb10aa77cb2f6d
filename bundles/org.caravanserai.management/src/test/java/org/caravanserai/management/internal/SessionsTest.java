package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SetClock clock = new SetClock();
  private final Sessions sessions =
      new Sessions(Duration.ofMinutes(30), Duration.ofHours(1), 2, clock);

  private Session begin(String name) {
    return sessions.begin(new Login(new User(name, Set.of("viewer")), () -> true));
  }

  private void pass(int minutes) {
    clock.now = clock.now.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void isKnownByItsSecretOnly() {
    Session ann = begin("ann");
    assertThat(sessions.find(ann.id())).contains(ann);
    assertThat(sessions.find(ann.csrfToken())).isEmpty();
    assertThat(sessions.find("")).isEmpty();
    assertThat(begin("ann").id()).isNotEqualTo(ann.id());
  }

  @Test
  void endsWhenItIsIdle() {
    Session used = begin("ann");
    Session idle = begin("bob");
    pass(20);
    sessions.use(used);
    assertThat(sessions.expires(used)).isEqualTo(BEGIN.plus(Duration.ofMinutes(50)));
    assertThat(sessions.expires(idle)).isEqualTo(BEGIN.plus(Duration.ofMinutes(30)));
    pass(10);
    assertThat(sessions.find(idle.id())).isEmpty();
    assertThat(sessions.find(used.id())).contains(used);
  }

  @Test
  void endsAfterAWhileHoweverMuchItIsUsed() {
    Session session = begin("ann");
    for (int i = 0; i < 5; i++) {
      pass(10);
      sessions.use(session);
      assertThat(sessions.find(session.id())).isPresent();
    }
    assertThat(sessions.expires(session)).isEqualTo(BEGIN.plus(Duration.ofHours(1)));
    pass(10);
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(sessions.isLive(session)).isFalse();
  }

  @Test
  void oneTooManyEndsTheOneThatWasIdleForLongest() {
    Session first = begin("ann");
    pass(1);
    Session second = begin("bob");
    pass(1);
    sessions.use(first);
    Session third = begin("eve");
    assertThat(sessions.find(second.id())).isEmpty();
    assertThat(sessions.isLive(second)).isFalse();
    assertThat(sessions.find(first.id())).contains(first);
    assertThat(sessions.find(third.id())).contains(third);
  }

  @Test
  void endsWithTheLoginAndWhenItIsEnded() {
    AtomicBoolean holds = new AtomicBoolean(true);
    Session changed = sessions.begin(new Login(new User("ann", Set.of()), holds::get));
    Session ended = begin("bob");
    holds.set(false);
    sessions.end(ended);
    assertThat(sessions.find(changed.id())).isEmpty();
    assertThat(sessions.find(ended.id())).isEmpty();
    assertThat(sessions.isLive(ended)).isFalse();
  }

  private static final class SetClock extends Clock {

    private Instant now = BEGIN;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

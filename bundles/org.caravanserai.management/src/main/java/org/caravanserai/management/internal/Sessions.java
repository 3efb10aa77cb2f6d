package org.caravanserai.management.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.Login;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The sessions of browsers; in memory, so that none outlives the server. */
@Component(service = Sessions.class, configurationPid = "org.caravanserai.management")
public final class Sessions {

  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Duration idle;
  private final Duration longest;
  private final int most;
  private final Clock clock;

  /** Made by the container. */
  @Activate
  public Sessions(ManagementSettings settings) {
    this(
        Duration.ofSeconds(settings.session__idle()),
        Duration.ofSeconds(settings.session__longest()),
        settings.session__most(),
        Clock.systemUTC());
  }

  Sessions(Duration idle, Duration longest, int most, Clock clock) {
    this.idle = idle;
    this.longest = longest;
    this.most = most;
    this.clock = clock;
  }

  /** Begins one. */
  synchronized Session begin(Login login) {
    sessions.values().removeIf(session -> !isLive(session));
    while (sessions.size() >= most) {
      sessions.values().stream().min(Comparator.comparing(Session::used)).ifPresent(this::end);
    }
    Session session = new Session(secret(), secret(), login, clock.instant());
    sessions.put(session.id(), session);
    return session;
  }

  /** The session of a secret. */
  synchronized Optional<Session> find(String id) {
    Optional<Session> found = Optional.ofNullable(sessions.get(id));
    if (found.isPresent() && !isLive(found.get())) {
      end(found.get());
      return Optional.empty();
    }
    return found;
  }

  /** It is used, and so not idle. */
  void use(Session session) {
    session.use(clock.instant());
  }

  /** Ends one. */
  synchronized void end(Session session) {
    session.end();
    sessions.remove(session.id());
  }

  /** Whether it goes on. */
  boolean isLive(Session session) {
    return session.holds() && clock.instant().isBefore(expires(session));
  }

  /** When it ends if nobody uses it. */
  Instant expires(Session session) {
    Instant last = session.begun().plus(longest);
    Instant next = session.used().plus(idle);
    return next.isBefore(last) ? next : last;
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

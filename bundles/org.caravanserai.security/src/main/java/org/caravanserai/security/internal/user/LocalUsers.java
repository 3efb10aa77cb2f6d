package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of this server, whose passwords it verifies itself. */
final class LocalUsers implements Users {

  /** The user who may do everything, and her only role. */
  static final String ADMIN = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(LocalUsers.class);
  private static final User LOCAL = new User("local", Set.of(ADMIN));
  private static final int LONGEST_NAME = 200;

  private final UserFile file;
  private final LocalToken token;
  private final PasswordHash hash;
  private final VerificationCache cache;
  private final LoginBrake brake;
  private final Semaphore verifying;
  private final Duration patience;
  private final String hashOfNobody;
  private volatile Map<String, StoredUser> users;

  /**
   * Reads the users.
   *
   * @param parallel how many slow hashes may be computed at a time
   * @param patience how long an attempt waits for its turn
   */
  LocalUsers(
      UserFile file,
      LocalToken token,
      PasswordHash hash,
      VerificationCache cache,
      LoginBrake brake,
      int parallel,
      Duration patience)
      throws IOException {
    this.file = file;
    this.token = token;
    this.hash = hash;
    this.cache = cache;
    this.brake = brake;
    this.verifying = new Semaphore(parallel, true);
    this.patience = patience;
    this.hashOfNobody = hash.ofNobody();
    this.users = file.read();
  }

  /** Whether there is any user. */
  boolean isEmpty() {
    return users.isEmpty();
  }

  /** Sees to it that a password is the administrator's, from now on and after the next start. */
  synchronized void setAdminPassword(char[] password) throws IOException {
    StoredUser admin = users.get(ADMIN);
    if (admin != null
        && admin.user().roles().contains(ADMIN)
        && hash.verify(password, admin.hash())) {
      return;
    }
    Map<String, StoredUser> changed = new java.util.TreeMap<>(users);
    changed.put(ADMIN, StoredUser.of(ADMIN, Set.of(ADMIN), hash.of(password)));
    file.write(changed);
    users = Map.copyOf(changed);
    cache.clear();
    LOG.info("The password of user {} was set", ADMIN);
  }

  @Override
  public Optional<User> authenticate(String name, char[] password) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    Optional<User> known = cache.find(name, password);
    return known.isPresent() || !brake.permits(name) ? known : inTurn(name, password);
  }

  private Optional<User> inTurn(String name, char[] password) {
    try {
      if (!verifying.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Too many log-ins at a time: one for user {} was refused", printable(name));
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      // others may have failed for this name meanwhile
      return brake.permits(name) ? verify(name, password) : Optional.empty();
    } finally {
      verifying.release();
    }
  }

  private Optional<User> verify(String name, char[] password) {
    StoredUser stored = users.get(name);
    boolean right = hash.verify(password, stored == null ? hashOfNobody : stored.hash());
    if (stored == null || !right) {
      brake.failed(name);
      LOG.warn("Log-in of user {} was refused", printable(name));
      return Optional.empty();
    }
    brake.succeeded(name);
    cache.remember(stored.user(), password);
    return Optional.of(stored.user());
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public Optional<User> authenticateToken(String presented) {
    return token.is(presented) ? Optional.of(LOCAL) : Optional.empty();
  }
}

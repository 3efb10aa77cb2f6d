package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.caravanserai.security.AccountRefusedException;
import org.caravanserai.security.AccountRefusedException.Reason;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.directory.Directory;
import org.caravanserai.security.internal.directory.DirectoryAwayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of this server, whose passwords it verifies itself, and behind them those of a
 * directory. Who is known here is never asked for there, so that a directory that is slow or away
 * keeps no local user out.
 */
final class LocalUsers implements Accounts {

  /** The user who may do everything, and her only role. */
  static final String ADMIN = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(LocalUsers.class);
  private static final User LOCAL = new User("local", Set.of(ADMIN));
  private static final int LONGEST_NAME = 200;

  private final UserStore store;
  private final LocalToken token;
  private final PasswordHash hash;
  private final VerificationCache cache;
  private final LoginBrake brake;
  private final Supplier<Optional<Directory>> directory;
  private final Semaphore verifying;
  private final Duration patience;
  private final String hashOfNobody;

  /**
   * Reads the users.
   *
   * @param directory those whom the file does not know
   * @param parallel how many slow hashes may be computed at a time
   * @param patience how long an attempt waits for its turn
   */
  LocalUsers(
      UserFile file,
      LocalToken token,
      PasswordHash hash,
      PasswordPolicy policy,
      VerificationCache cache,
      LoginBrake brake,
      Supplier<Optional<Directory>> directory,
      int parallel,
      Duration patience)
      throws IOException {
    this.store = new UserStore(file, hash, policy, cache::clear);
    this.token = token;
    this.hash = hash;
    this.cache = cache;
    this.brake = brake;
    this.directory = directory;
    this.verifying = new Semaphore(parallel, true);
    this.patience = patience;
    this.hashOfNobody = hash.ofNobody();
  }

  /** Whether there is any user. */
  boolean isEmpty() {
    return store.list().isEmpty();
  }

  /** Sees to it that a password is the administrator's, from now on and after the next start. */
  void setAdminPassword(char[] password) {
    Optional<StoredUser> admin = store.find(ADMIN);
    boolean isSet =
        admin
            .filter(user -> user.user().roles().contains(ADMIN))
            .map(user -> hash.verify(password, user.hash()))
            .orElse(false);
    if (!isSet) {
      store.put(ADMIN, password, Set.of(ADMIN));
      LOG.info("The password of user {} was set", ADMIN);
    }
  }

  /** The user of that name here or in the directory, if the password is right. */
  Optional<User> authenticate(String name, char[] password, String address) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    Optional<User> known = cache.find(name, password);
    if (known.isPresent() || !brake.permits(name, address)) {
      return known;
    }
    Optional<Directory> others = directory.get().filter(Directory::isThere);
    return store.find(name).isEmpty() && others.isPresent()
        ? ask(others.get(), name, password, address)
        : inTurn(name, password, address);
  }

  /** The same for who stays logged in; any change of the user ends it. */
  Optional<Login> login(String name, char[] password, String address) {
    Optional<StoredUser> before = store.find(name);
    return authenticate(name, password, address)
        .map(user -> new Login(user, () -> store.find(name).equals(before)));
  }

  private Optional<User> ask(Directory others, String name, char[] password, String address) {
    try {
      return ended(name, password, address, others.authenticate(name, password));
    } catch (DirectoryAwayException e) {
      LOG.warn("User {} can't log in: the directory: {}", printable(name), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<User> inTurn(String name, char[] password, String address) {
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
      return brake.permits(name, address)
          ? ended(name, password, address, verified(name, password))
          : Optional.empty();
    } finally {
      verifying.release();
    }
  }

  private Optional<User> verified(String name, char[] password) {
    Optional<StoredUser> stored = store.find(name);
    boolean right = hash.verify(password, stored.map(StoredUser::hash).orElse(hashOfNobody));
    return right ? stored.map(StoredUser::user) : Optional.empty();
  }

  private Optional<User> ended(String name, char[] password, String address, Optional<User> user) {
    if (user.isEmpty()) {
      brake.failed(name, address);
      LOG.warn("Log-in of user {} from {} was refused", printable(name), printable(address));
      return user;
    }
    brake.succeeded(name, address);
    cache.remember(user.get(), password);
    // Whoever was changed or deleted while the password was verified is not remembered.
    if (store.find(name).map(now -> !now.user().equals(user.get())).orElse(false)) {
      cache.clear();
    }
    return user;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  /** The user for whom the token of local scripts stands, if it is right. */
  Optional<User> authenticateToken(String presented) {
    return token.is(presented) ? Optional.of(LOCAL) : Optional.empty();
  }

  @Override
  public List<User> list() {
    return store.list();
  }

  @Override
  public User add(String name, char[] password, Set<String> roles) {
    return store.add(name, password, roles);
  }

  @Override
  public User setRoles(String name, Set<String> roles) {
    return store.setRoles(name, roles);
  }

  @Override
  public void checkPassword(String name, char[] password) {
    store.checkPassword(name, password);
  }

  @Override
  public void setPassword(String name, char[] password) {
    store.setPassword(name, password);
  }

  @Override
  public void changePassword(String name, char[] present, char[] password, String address) {
    if (store.find(name).isEmpty()) {
      throw new AccountRefusedException(
          Reason.CONFLICT, "The password of " + name + " is not this server's to change");
    }
    if (authenticate(name, present, address).isEmpty()) {
      throw new AccountRefusedException(Reason.WRONG_PASSWORD, "The present password is wrong");
    }
    store.setPassword(name, password);
  }

  @Override
  public void delete(String name) {
    store.delete(name);
  }
}

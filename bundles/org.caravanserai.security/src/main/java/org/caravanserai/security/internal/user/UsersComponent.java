package org.caravanserai.security.internal.user;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.caravanserai.security.internal.directory.Directory;
import org.caravanserai.security.internal.oidc.TokenUsers;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the users when the server starts. The administrator's password comes from the environment
 * and not from the settings, because the container keeps settings on disk, in clear.
 *
 * <p>They wait for nobody else who knows users: a JAAS realm may ask them. {@link UserSources}
 * tells of those.
 */
@Component(
    service = {Users.class, Accounts.class, UsersComponent.class},
    configurationPid = "org.caravanserai.security",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = UserSettings.class)
public final class UsersComponent implements Users, Accounts {

  /** The environment variable that holds the administrator's password. */
  static final String ADMIN_PASSWORD = "SERAI_ADMIN_PASSWORD";

  private static final Logger LOG = LoggerFactory.getLogger(UsersComponent.class);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What OWASP asks for with Argon2id: 19 MiB, 2 passes. */
  private static final int MEMORY_KIB = 19_456;

  private static final int ITERATIONS = 2;

  private final LocalToken token;
  private final LocalUsers users;
  private final TokenDoor tokens;
  private volatile @Nullable Directory directory;
  private volatile @Nullable TokenUsers issuer;

  /** Sets up. */
  @Activate
  public UsersComponent(UserSettings settings) throws IOException {
    this(settings, System.getenv(ADMIN_PASSWORD), new PasswordHash(MEMORY_KIB, ITERATIONS));
  }

  UsersComponent(UserSettings settings, @Nullable String adminPassword, PasswordHash hash)
      throws IOException {
    PrivateFolder folder =
        new PrivateFolder(Path.of(settings.data()).toAbsolutePath().resolve("security"));
    token = new LocalToken(folder);
    LoginBrake brake =
        new LoginBrake(
            settings.login__failures(),
            WINDOW,
            Duration.ofSeconds(settings.login__pause()),
            Duration.ofSeconds(settings.login__longest__pause()),
            Ticker.systemTicker());
    users =
        new LocalUsers(
            new UserFile(folder),
            token,
            hash,
            new PasswordPolicy(settings.password__min__length()),
            new VerificationCache(
                Duration.ofSeconds(settings.verification__cache()), Ticker.systemTicker()),
            brake,
            () -> Optional.ofNullable(directory),
            settings.login__parallel(),
            PATIENCE);
    tokens = new TokenDoor(users, brake, () -> Optional.ofNullable(issuer));
    if (adminPassword != null && !adminPassword.isEmpty()) {
      users.setAdminPassword(adminPassword.toCharArray());
    } else if (users.isEmpty()) {
      LOG.warn(
          "Nobody can log in: there is no user yet. Start the server with {} set to make user {}",
          ADMIN_PASSWORD,
          LocalUsers.ADMIN);
    }
  }

  /** Ends the validity of the token. */
  @Deactivate
  public void close() {
    token.end();
  }

  /** A directory is there. */
  void bindDirectory(Directory there) {
    directory = there;
  }

  /** The directory is gone. */
  void unbindDirectory(Directory gone) {
    if (directory == gone) {
      directory = null;
    }
  }

  /** An issuer of tokens is believed. */
  void bindIssuer(TokenUsers there) {
    issuer = there;
  }

  /** The issuer is believed no more. */
  void unbindIssuer(TokenUsers gone) {
    if (issuer == gone) {
      issuer = null;
    }
  }

  @Override
  public Optional<User> authenticate(String name, char[] password, String address) {
    return users.authenticate(name, password, address);
  }

  @Override
  public Optional<Login> login(String name, char[] password, String address) {
    return users.login(name, password, address);
  }

  @Override
  public Optional<User> authenticateToken(String presented) {
    return users.authenticateToken(presented);
  }

  @Override
  public Optional<User> authenticateBearer(String presented, String address) {
    return tokens.authenticate(presented, address);
  }

  @Override
  public boolean takesTokens() {
    return issuer != null;
  }

  @Override
  public List<User> list() {
    return users.list();
  }

  @Override
  public User add(String name, char[] password, Set<String> roles) {
    return users.add(name, password, roles);
  }

  @Override
  public User setRoles(String name, Set<String> roles) {
    return users.setRoles(name, roles);
  }

  @Override
  public void checkPassword(String name, char[] password) {
    users.checkPassword(name, password);
  }

  @Override
  public void setPassword(String name, char[] password) {
    users.setPassword(name, password);
  }

  @Override
  public void changePassword(String name, char[] present, char[] password, String address) {
    users.changePassword(name, present, password, address);
  }

  @Override
  public void delete(String name) {
    users.delete(name);
  }
}

package org.caravanserai.security.internal.shell;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ShellRoles;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Lets the users of the server log in to the shell by password, and local scripts as user {@code
 * local} with the token for a password.
 */
public final class ShellLoginModule implements LoginModule {

  /** The option that holds a {@code Supplier<Optional<Users>>}. */
  static final String USERS = "users";

  /** The option that holds a {@code Supplier<Optional<Audit>>}. */
  static final String AUDIT = "audit";

  private static final String LOCAL = "local";

  private Subject subject = new Subject();
  private @Nullable CallbackHandler handler;
  private Supplier<?> users = Optional::empty;
  private Supplier<?> audit = Optional::empty;
  private @Nullable User user;
  private Set<Principal> principals = Set.of();

  @Override
  public void initialize(
      Subject loggingIn,
      @Nullable CallbackHandler callbackHandler,
      Map<String, ?> sharedState,
      Map<String, ?> options) {
    subject = loggingIn;
    handler = callbackHandler;
    if (options.get(USERS) instanceof Supplier<?> supplier) {
      users = supplier;
    }
    if (options.get(AUDIT) instanceof Supplier<?> supplier) {
      audit = supplier;
    }
  }

  @Override
  public boolean login() throws LoginException {
    CallbackHandler asked = handler;
    if (asked == null || !(users.get() instanceof Optional<?> found)) {
      throw new LoginException("log-in is not possible now");
    }
    Users known =
        found
            .map(Users.class::cast)
            .orElseThrow(() -> new LoginException("log-in is not possible yet"));
    NameCallback name = new NameCallback("User: ");
    PasswordCallback password = new PasswordCallback("Password: ", false);
    try {
      asked.handle(new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      throw (LoginException) new LoginException("only passwords are accepted").initCause(e);
    }
    char[] given = password.getPassword();
    password.clearPassword();
    if (name.getName() == null || given == null) {
      throw new FailedLoginException("no name or no password");
    }
    String address = address();
    AuditEvent event = new AuditEvent("", name.getName(), address, "ssh", "login", "");
    Optional<Audit> recorded =
        audit.get() instanceof Optional<?> there ? there.map(Audit.class::cast) : Optional.empty();
    try {
      user = authenticate(known, name.getName(), given, address);
    } catch (FailedLoginException e) {
      recorded.ifPresent(each -> each.refused(event, Outcome.UNAUTHENTICATED, ""));
      throw e;
    }
    boolean mayEnter = user.may(Operation.SSH_ENTER);
    recorded.ifPresent(each -> each.record(event, mayEnter ? Outcome.DONE : Outcome.FORBIDDEN, ""));
    return true;
  }

  /** Where the connection comes from, without the port. */
  private String address() {
    return subject.getPrincipals(ClientPrincipal.class).stream()
        .map(client -> bare(client.getName()))
        .findFirst()
        .orElse("shell");
  }

  /** The address of what Karaf calls a client: {@code ssh(/127.0.0.1:4711)}. */
  private static String bare(String client) {
    String address = client.substring(client.indexOf('(') + 1).replace(")", "");
    int port = address.lastIndexOf(':');
    return (port < 0 ? address : address.substring(0, port)).replace("/", "");
  }

  private static User authenticate(Users users, String name, char[] password, String address)
      throws FailedLoginException {
    try {
      return (name.equals(LOCAL)
              ? users.authenticateToken(new String(password))
              : users.authenticate(name, password, address))
          .orElseThrow(() -> new FailedLoginException("wrong name or password"));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public boolean commit() {
    User loggedIn = user;
    if (loggedIn == null) {
      return false;
    }
    principals = ShellRoles.of(loggedIn);
    subject.getPrincipals().addAll(principals);
    return true;
  }

  @Override
  public boolean abort() {
    return logout();
  }

  @Override
  public boolean logout() {
    boolean loggedIn = user != null;
    subject.getPrincipals().removeAll(principals);
    principals = Set.of();
    user = null;
    return loggedIn;
  }
}

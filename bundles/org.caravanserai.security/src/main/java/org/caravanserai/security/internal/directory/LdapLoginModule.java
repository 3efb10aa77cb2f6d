package org.caravanserai.security.internal.directory;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Lets the users of an LDAP directory log in, as a module of JAAS. */
public final class LdapLoginModule implements LoginModule {

  /** The option that holds the {@link LdapDirectory}. */
  static final String DIRECTORY = "directory";

  private Subject subject = new Subject();
  private @Nullable CallbackHandler handler;
  private @Nullable LdapDirectory directory;
  private Set<Principal> principals = Set.of();

  @Override
  public void initialize(
      Subject loggingIn,
      @Nullable CallbackHandler callbackHandler,
      Map<String, ?> sharedState,
      Map<String, ?> options) {
    subject = loggingIn;
    handler = callbackHandler;
    directory = options.get(DIRECTORY) instanceof LdapDirectory given ? given : null;
  }

  @Override
  public boolean login() throws LoginException {
    CallbackHandler asked = handler;
    LdapDirectory searched = directory;
    if (asked == null || searched == null) {
      throw new LoginException("log-in is not possible now");
    }
    NameCallback name = new NameCallback("User: ");
    PasswordCallback password = new PasswordCallback("Password: ", false);
    char[] given = new char[0];
    try {
      asked.handle(new Callback[] {name, password});
      given = password.getPassword() == null ? given : password.getPassword();
      String typed = name.getName() == null ? "" : name.getName();
      Optional<Set<String>> roles = searched.roles(typed, given);
      principals = principals(typed, roles.orElseThrow(LdapLoginModule::refusal));
      return true;
    } catch (NamingException | IOException | UnsupportedCallbackException e) {
      throw (LoginException) new LoginException(e.toString()).initCause(e);
    } finally {
      password.clearPassword();
      Arrays.fill(given, '\0');
    }
  }

  private static FailedLoginException refusal() {
    return new FailedLoginException("wrong name or password");
  }

  private static Set<Principal> principals(String name, Set<String> roles) {
    Set<Principal> found = new LinkedHashSet<>();
    found.add(new UserPrincipal(name));
    roles.forEach(role -> found.add(new RolePrincipal(role)));
    return found;
  }

  @Override
  public boolean commit() {
    return subject.getPrincipals().addAll(principals);
  }

  @Override
  public boolean abort() {
    return logout();
  }

  @Override
  public boolean logout() {
    boolean loggedIn = subject.getPrincipals().removeAll(principals);
    principals = Set.of();
    return loggedIn;
  }
}

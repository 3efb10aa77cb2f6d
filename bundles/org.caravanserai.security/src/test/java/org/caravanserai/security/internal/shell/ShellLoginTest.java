package org.caravanserai.security.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;
import org.caravanserai.security.Users;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Logs in as Karaf's shell does: by JAAS, through Karaf's own proxy for login modules of bundles.
 */
class ShellLoginTest {

  private static final Users USERS =
      new Users() {
        @Override
        public Optional<User> authenticate(String name, char[] password, String address) {
          assertThat(address).isEqualTo("127.0.0.1");
          String both = name + ":" + new String(password);
          return switch (both) {
            case "admin:sesame" -> Optional.of(new User("admin", Set.of("admin")));
            case "ann:a" -> Optional.of(new User("ann", Set.of("viewer")));
            default -> Optional.empty();
          };
        }

        @Override
        public Optional<Login> login(String name, char[] password, String address) {
          return Optional.empty();
        }

        @Override
        public Optional<User> authenticateToken(String token) {
          return token.equals("t0ken")
              ? Optional.of(new User("local", Set.of("admin")))
              : Optional.empty();
        }

        @Override
        public Optional<User> authenticateBearer(String token, String address) {
          return Optional.empty();
        }

        @Override
        public boolean takesTokens() {
          return false;
        }
      };

  private final ShellRealm realm = new ShellRealm(context());
  private final Subject subject = new Subject();

  /** A container with one bundle, which has the classes of this test. */
  private static BundleContext context() {
    Bundle bundle =
        (Bundle)
            Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getBundleId" -> 42L;
                      case "loadClass" -> Class.forName((String) arguments[0]);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              boolean known = arguments == null || arguments[0].equals(42L);
              return method.getName().equals("getBundle") && known ? bundle : null;
            });
  }

  @BeforeEach
  void start() {
    ProxyLoginModule.init(context());
    realm.bindUsers(USERS);
    subject.getPrincipals().add(new ClientPrincipal("ssh", "127.0.0.1"));
  }

  private LoginContext context(CallbackHandler handler) throws LoginException {
    Configuration configuration =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return name.equals(realm.getName()) ? realm.getEntries() : null;
          }
        };
    return new LoginContext("karaf", subject, handler, configuration);
  }

  private LoginContext login(String name, String password) throws LoginException {
    LoginContext context =
        context(
            callbacks -> {
              for (Callback callback : callbacks) {
                if (callback instanceof NameCallback asked) {
                  asked.setName(name);
                } else if (callback instanceof PasswordCallback asked) {
                  asked.setPassword(password == null ? null : password.toCharArray());
                }
              }
            });
    context.login();
    return context;
  }

  @Test
  void standsInForKarafsOwnRealm() {
    assertThat(realm.getName()).isEqualTo("karaf");
    assertThat(realm.getRank()).isPositive();
    assertThat(realm.getEntries())
        .singleElement()
        .extracting(AppConfigurationEntry::getControlFlag)
        .isEqualTo(AppConfigurationEntry.LoginModuleControlFlag.REQUIRED);
  }

  @Test
  void anAdministratorMayDoEverythingInTheShell() throws LoginException {
    LoginContext context = login("admin", "sesame");

    assertThat(subject.getPrincipals(UserPrincipal.class))
        .extracting(Principal::getName)
        .containsExactly("admin");
    assertThat(subject.getPrincipals(RolePrincipal.class))
        .extracting(Principal::getName)
        .containsExactlyInAnyOrder(
            "viewer", "operator", "developer", "admin", "manager", "systembundles", "ssh");

    context.logout();
    assertThat(subject.getPrincipals()).hasSize(1);
  }

  @Test
  void othersHaveTheirRolesAndNoDoor() throws LoginException {
    login("ann", "a");
    assertThat(subject.getPrincipals(RolePrincipal.class))
        .extracting(Principal::getName)
        .containsExactly("viewer");
  }

  @Test
  void localScriptsLogInWithTheToken() throws LoginException {
    login("local", "t0ken");
    assertThat(subject.getPrincipals(RolePrincipal.class)).hasSize(7);
  }

  @Test
  void wrongPasswordsLetNobodyIn() {
    assertThatThrownBy(() -> login("admin", "open")).isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login("admin", null)).isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login(null, "sesame")).isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login("admin", "t0ken")).isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login("local", "sesame")).isInstanceOf(LoginException.class);
    assertThat(subject.getPrincipals()).hasSize(1);
  }

  @Test
  void aPublicKeyLetsNobodyIn() throws LoginException {
    LoginContext context =
        context(
            callbacks -> {
              for (Callback callback : callbacks) {
                if (!(callback instanceof NameCallback asked)) {
                  throw new UnsupportedCallbackException(callback);
                }
                asked.setName("admin");
              }
            });
    assertThatThrownBy(context::login)
        .isInstanceOf(LoginException.class)
        .hasMessage("only passwords are accepted");
  }

  @Test
  void withoutUsersNobodyGetsIn() {
    realm.unbindUsers(USERS);
    assertThatThrownBy(() -> login("admin", "sesame"))
        .isInstanceOf(LoginException.class)
        .hasMessage("log-in is not possible yet");
  }
}

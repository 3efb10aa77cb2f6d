package org.caravanserai.security.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.config.JaasRealm;
import org.caravanserai.security.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JaasDirectoryTest {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private JaasDirectory directory = open(60_000, 8);

  private static JaasDirectory open(int timeout, int parallel) {
    return new JaasDirectory(
        (DirectorySettings)
            Proxy.newProxyInstance(
                DirectorySettings.class.getClassLoader(),
                new Class<?>[] {DirectorySettings.class, Annotation.class},
                (proxy, method, arguments) ->
                    method.getName().equals("timeout") ? timeout : parallel));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  /** A login module of somebody else: its user's name says what becomes of a log-in. */
  public static final class Module implements LoginModule {

    private Subject subject;
    private CallbackHandler handler;
    private String name;

    @Override
    public void initialize(
        Subject loggingIn, CallbackHandler asked, Map<String, ?> shared, Map<String, ?> options) {
      subject = loggingIn;
      handler = asked;
    }

    @Override
    public boolean login() throws LoginException {
      NameCallback asked = new NameCallback("name");
      try {
        handler.handle(new Callback[] {asked});
        name = asked.getName();
        if (name.equals("hangs")) {
          NEVER.await();
        }
      } catch (Exception e) {
        throw new LoginException(e.toString());
      }
      if (name.equals("wrong")) {
        throw new FailedLoginException("wrong");
      }
      if (name.equals("broken")) {
        throw new LoginException("the directory is on fire");
      }
      return true;
    }

    @Override
    public boolean commit() {
      subject.getPrincipals().add(new RolePrincipal(name));
      subject.getPrincipals().add(new RolePrincipal("else"));
      return true;
    }

    @Override
    public boolean abort() {
      return true;
    }

    @Override
    public boolean logout() {
      return true;
    }
  }

  private static JaasRealm realm(String name) {
    return new JaasRealm() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public int getRank() {
        return 0;
      }

      @Override
      public AppConfigurationEntry[] getEntries() {
        return new AppConfigurationEntry[] {
          new AppConfigurationEntry(
              Module.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of())
        };
      }
    };
  }

  @Test
  void onlyRealmsOfItsNameCount() {
    assertThat(directory.isThere()).isFalse();
    directory.bindRealm(realm("karaf"));
    assertThat(directory.isThere()).isFalse();
    JaasRealm ours = realm("serai");
    directory.bindRealm(ours);
    assertThat(directory.isThere()).isTrue();
    directory.unbindRealm(ours);
    assertThat(directory.isThere()).isFalse();
  }

  @Test
  void aUserHasTheRolesThatTheServerKnows() throws DirectoryAwayException {
    directory.bindRealm(realm("serai"));
    assertThat(directory.authenticate("operator", new char[] {'x'}))
        .contains(new User("operator", Set.of("operator")));
    assertThat(directory.authenticate("stranger", new char[] {'x'})).isEmpty();
    assertThat(directory.authenticate("wrong", new char[] {'x'})).isEmpty();
  }

  @Test
  void whatBreaksIsNoRefusal() {
    directory.bindRealm(realm("serai"));
    assertThatThrownBy(() -> directory.authenticate("broken", new char[0]))
        .isInstanceOf(DirectoryAwayException.class)
        .hasMessageContaining("on fire");
  }

  @Test
  void whoHangsIsLeftAfterItsTimeAndHoldsNoMoreThanItsThreads() {
    directory.close();
    directory = open(1, 1);
    directory.bindRealm(realm("serai"));
    assertThatThrownBy(() -> directory.authenticate("hangs", new char[0]))
        .isInstanceOf(DirectoryAwayException.class);
  }
}

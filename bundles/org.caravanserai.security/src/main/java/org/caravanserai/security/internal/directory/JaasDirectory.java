package org.caravanserai.security.internal.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.config.JaasRealm;
import org.caravanserai.security.Role;
import org.caravanserai.security.User;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of the JAAS realm {@code serai}, to which anybody may add login modules by a service
 * {@link JaasRealm} of that name. The modules run on a few threads of their own, under a time
 * limit: one that hangs costs nobody else anything.
 */
@Component(service = Directory.class, configurationPid = "org.caravanserai.security.directory")
@Designate(ocd = DirectorySettings.class)
public final class JaasDirectory implements Directory {

  /** The name of the realm. */
  static final String REALM = "serai";

  private static final Logger LOG = LoggerFactory.getLogger(JaasDirectory.class);

  private final List<JaasRealm> realms = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor threads;
  private final int timeout;

  /** With the settings. */
  @Activate
  public JaasDirectory(DirectorySettings settings) {
    timeout = settings.timeout();
    threads =
        new ThreadPoolExecutor(
            0,
            settings.parallel(),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "serai-directory");
              thread.setDaemon(true);
              // By which JAAS finds Karaf's proxy for the login modules of bundles.
              thread.setContextClassLoader(ProxyLoginModule.class.getClassLoader());
              return thread;
            });
  }

  /** A realm is there; those of other names are Karaf's business. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindRealm(JaasRealm realm) {
    if (realm.getName().equals(REALM)) {
      realms.add(realm);
    }
  }

  /** A realm is gone. */
  public void unbindRealm(JaasRealm realm) {
    realms.remove(realm);
  }

  /** Ends the threads. */
  @Deactivate
  public void close() {
    threads.shutdownNow();
  }

  @Override
  public boolean isThere() {
    return !realms.isEmpty();
  }

  @Override
  public Optional<User> authenticate(String name, char[] password) throws DirectoryAwayException {
    char[] copy = password.clone();
    Future<Optional<User>> login;
    try {
      login = threads.submit(() -> login(name, copy));
    } catch (RejectedExecutionException e) {
      throw new DirectoryAwayException("all its threads are busy");
    }
    try {
      return login.get(timeout, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      login.cancel(true);
      throw new DirectoryAwayException("no answer within " + timeout + " ms");
    } catch (ExecutionException e) {
      throw new DirectoryAwayException(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DirectoryAwayException("interrupted");
    }
  }

  private Optional<User> login(String name, char[] password) throws LoginException {
    Subject subject = new Subject();
    try {
      new LoginContext(REALM, subject, answering(name, password), modules()).login();
    } catch (FailedLoginException e) {
      return Optional.empty();
    }
    Set<String> roles =
        subject.getPrincipals(RolePrincipal.class).stream()
            .map(RolePrincipal::getName)
            .filter(role -> Role.of(role).isPresent())
            .collect(Collectors.toUnmodifiableSet());
    if (roles.isEmpty()) {
      LOG.warn("User {} of the directory has no role of this server", name);
      return Optional.empty();
    }
    return Optional.of(new User(name, roles));
  }

  private static CallbackHandler answering(String name, char[] password) {
    return callbacks -> {
      for (Callback callback : callbacks) {
        if (callback instanceof NameCallback asked) {
          asked.setName(name);
        } else if (callback instanceof PasswordCallback asked) {
          asked.setPassword(password);
        }
      }
    };
  }

  private Configuration modules() {
    AppConfigurationEntry[] entries =
        realms.stream()
            .flatMap(realm -> Stream.of(realm.getEntries()))
            .toArray(AppConfigurationEntry[]::new);
    return new Configuration() {
      @Override
      public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String realm) {
        return realm.equals(REALM) ? entries : null;
      }
    };
  }
}

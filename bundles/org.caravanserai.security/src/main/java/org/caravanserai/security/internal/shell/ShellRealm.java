package org.caravanserai.security.internal.shell;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.caravanserai.security.Users;
import org.caravanserai.security.audit.Audit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Stands in for Karaf's own realm {@code karaf}, with its files of users and keys. It does so
 * whether the users are there or not, so that without them nobody gets in.
 */
@Component(service = JaasRealm.class)
public final class ShellRealm implements JaasRealm {

  /** Above that of Karaf's own, which is 0. */
  private static final int RANK = 100;

  private final AppConfigurationEntry entry;
  private volatile @Nullable Users users;
  private volatile @Nullable Audit audit;

  /** Takes its login module from this bundle. */
  @Activate
  public ShellRealm(BundleContext context) {
    Supplier<Optional<Users>> current = () -> Optional.ofNullable(users);
    Supplier<Optional<Audit>> recorded = () -> Optional.ofNullable(audit);
    entry =
        new AppConfigurationEntry(
            ProxyLoginModule.class.getName(),
            LoginModuleControlFlag.REQUIRED,
            Map.of(
                ProxyLoginModule.PROPERTY_MODULE,
                ShellLoginModule.class.getName(),
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(context.getBundle().getBundleId()),
                ShellLoginModule.USERS,
                current,
                ShellLoginModule.AUDIT,
                recorded));
  }

  /** The users are there. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void bindUsers(Users there) {
    users = there;
  }

  /** The users are gone. */
  public void unbindUsers(Users gone) {
    if (users == gone) {
      users = null;
    }
  }

  /** The audit is there. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void bindAudit(Audit there) {
    audit = there;
  }

  /** The audit is gone. */
  public void unbindAudit(Audit gone) {
    if (audit == gone) {
      audit = null;
    }
  }

  @Override
  public String getName() {
    return "karaf";
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public AppConfigurationEntry[] getEntries() {
    return new AppConfigurationEntry[] {entry};
  }
}

package org.caravanserai.security.internal.directory;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** An LDAP directory in the JAAS realm of the server's users; there is one if it is configured. */
@Component(
    service = JaasRealm.class,
    configurationPid = "org.caravanserai.security.ldap",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LdapSettings.class)
public final class LdapRealm implements JaasRealm {

  private final AppConfigurationEntry entry;

  /** With the settings. */
  @Activate
  public LdapRealm(LdapSettings settings, BundleContext context) {
    entry =
        new AppConfigurationEntry(
            ProxyLoginModule.class.getName(),
            LoginModuleControlFlag.SUFFICIENT,
            Map.of(
                ProxyLoginModule.PROPERTY_MODULE,
                LdapLoginModule.class.getName(),
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(context.getBundle().getBundleId()),
                LdapLoginModule.DIRECTORY,
                new LdapDirectory(settings)));
  }

  @Override
  public String getName() {
    return JaasDirectory.REALM;
  }

  @Override
  public int getRank() {
    return 0;
  }

  @Override
  public AppConfigurationEntry[] getEntries() {
    return new AppConfigurationEntry[] {entry};
  }
}

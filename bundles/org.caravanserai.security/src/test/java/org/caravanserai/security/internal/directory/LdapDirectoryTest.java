package org.caravanserai.security.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real LDAP server. */
class LdapDirectoryTest {

  private static InMemoryDirectoryServer server;
  private final Map<String, Object> values = new HashMap<>();

  @BeforeAll
  static void start() throws LDAPException, LDIFException {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=inn,dc=test");
    config.addAdditionalBindCredentials("cn=search", "search-password");
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("test", InetAddress.getLoopbackAddress(), 0, null));
    server = new InMemoryDirectoryServer(config);
    server.add("dn: dc=inn,dc=test", "objectClass: domain", "dc: inn");
    server.add("dn: ou=people,dc=inn,dc=test", "objectClass: organizationalUnit", "ou: people");
    server.add("dn: ou=groups,dc=inn,dc=test", "objectClass: organizationalUnit", "ou: groups");
    person("ann", "secret-a");
    person("bob", "secret-b");
    group("integration", "ann");
    group("all", "ann", "bob");
    server.startListening();
  }

  @AfterAll
  static void stop() {
    server.shutDown(true);
  }

  private static void person(String name, String password) throws LDAPException, LDIFException {
    server.add(
        "dn: uid=" + name + ",ou=people,dc=inn,dc=test",
        "objectClass: inetOrgPerson",
        "uid: " + name,
        "cn: " + name,
        "sn: " + name,
        "userPassword: " + password);
  }

  private static void group(String name, String... members) throws LDAPException, LDIFException {
    StringBuilder entry = new StringBuilder();
    entry.append("dn: cn=").append(name).append(",ou=groups,dc=inn,dc=test\n");
    entry.append("objectClass: groupOfNames\ncn: ").append(name).append('\n');
    for (String member : members) {
      entry.append("member: uid=").append(member).append(",ou=people,dc=inn,dc=test\n");
    }
    server.add(entry.toString().strip().split("\n", -1));
  }

  @BeforeEach
  void configure() {
    values.put("url", "ldap://127.0.0.1:" + server.getListenPort());
    values.put("bind__dn", "cn=search");
    values.put("bind__password", "search-password");
    values.put("user__base", "ou=people,dc=inn,dc=test");
    values.put("group__base", "ou=groups,dc=inn,dc=test");
    values.put("roles", new String[] {"integration = developer", "else=admin"});
  }

  private LdapDirectory directory() {
    LdapSettings settings =
        (LdapSettings)
            Proxy.newProxyInstance(
                LdapSettings.class.getClassLoader(),
                new Class<?>[] {LdapSettings.class, Annotation.class},
                (proxy, method, arguments) ->
                    values.getOrDefault(method.getName(), method.getDefaultValue()));
    return new LdapDirectory(settings);
  }

  private Optional<Set<String>> roles(String name, String password) throws NamingException {
    return directory().roles(name, password.toCharArray());
  }

  @Test
  void aUserHasTheRolesOfHerGroups() throws NamingException {
    assertThat(roles("ann", "secret-a")).contains(Set.of("developer"));
    assertThat(roles("bob", "secret-b")).contains(Set.of());
  }

  @Test
  void everybodyMayHaveARole() throws NamingException {
    values.put("role__for__all", "viewer");
    assertThat(roles("ann", "secret-a")).contains(Set.of("developer", "viewer"));
    assertThat(roles("bob", "secret-b")).contains(Set.of("viewer"));
  }

  @ParameterizedTest
  @CsvSource({
    "ann,secret-b",
    "ann,''",
    "nobody,secret-a",
    "'',''",
    "*,secret-a",
    "ann)(uid=*,secret-a"
  })
  void othersGetNothing(String name, String password) throws NamingException {
    assertThat(roles(name, password)).isEmpty();
  }

  @Test
  void aFilterThatFindsTwoFindsNobody() throws NamingException {
    values.put("user__filter", "(|(uid=ann)(uid={0}))");
    assertThat(roles("bob", "secret-b")).isEmpty();
  }

  @Test
  void aDirectoryThatIsAwayIsNoRefusal() {
    values.put("url", "ldap://127.0.0.1:1");
    assertThatThrownBy(() -> roles("ann", "secret-a")).isInstanceOf(NamingException.class);
    values.put("url", "ldap://127.0.0.1:" + server.getListenPort());
    values.put("bind__password", "wrong");
    assertThatThrownBy(() -> roles("ann", "secret-a")).isInstanceOf(NamingException.class);
  }

  @Test
  void aRoleThatIsNoneIsToldAtOnce() {
    values.put("roles", new String[] {"integration=root"});
    assertThatThrownBy(this::directory).hasMessageContaining("expected group=role");
    values.put("roles", new String[0]);
    values.put("role__for__all", "root");
    assertThatThrownBy(this::directory).hasMessageContaining("viewer, operator");
  }
}

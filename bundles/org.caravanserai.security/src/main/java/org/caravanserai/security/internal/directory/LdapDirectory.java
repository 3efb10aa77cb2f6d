package org.caravanserai.security.internal.directory;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.AuthenticationException;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import org.caravanserai.security.Role;

/**
 * An LDAP directory (RFC 4511) as a source of users: a search finds the user's entry, a log-in with
 * its name and the typed password proves her, and a second search finds her groups.
 */
// Searches return no objects (SearchControls.returningObjFlag), so nothing is deserialized; JNDI
// takes a Hashtable.
@SuppressWarnings({"BanJNDI", "JdkObsolete"})
final class LdapDirectory {

  private final LdapSettings settings;
  private final Map<String, String> roles = new HashMap<>();

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if a group is given what is no role
   */
  LdapDirectory(LdapSettings settings) {
    this.settings = settings;
    for (String pair : settings.roles()) {
      int equals = pair.lastIndexOf('=');
      String role = pair.substring(equals + 1).strip();
      if (equals < 1 || Role.of(role).isEmpty()) {
        throw new IllegalArgumentException("roles: expected group=role, not " + pair);
      }
      roles.put(pair.substring(0, equals).strip(), role);
    }
    if (!settings.role__for__all().isEmpty() && Role.of(settings.role__for__all()).isEmpty()) {
      throw new IllegalArgumentException("role_for_all: expected one of " + Role.words());
    }
  }

  /**
   * The roles of a user; empty if there is no such user, or the password is wrong.
   *
   * @throws NamingException if the directory can't be asked
   */
  Optional<Set<String>> roles(String name, char[] password) throws NamingException {
    // A log-in with a name and no password succeeds for anybody (RFC 4513, section 5.1.2).
    if (name.isEmpty() || password.length == 0) {
      return Optional.empty();
    }
    DirContext search = open(settings.bind__dn(), settings.bind__password());
    try {
      Optional<String> entry = entry(search, name);
      if (entry.isEmpty() || !proves(entry.get(), password)) {
        return Optional.empty();
      }
      return Optional.of(rolesOf(search, entry.get()));
    } finally {
      search.close();
    }
  }

  private boolean proves(String entry, char[] password) throws NamingException {
    try {
      open(entry, new String(password)).close();
      return true;
    } catch (AuthenticationException e) {
      return false;
    }
  }

  private Optional<String> entry(DirContext search, String name) throws NamingException {
    NamingEnumeration<SearchResult> found =
        search.search(
            settings.user__base(), settings.user__filter(), new Object[] {name}, controls());
    try {
      if (!found.hasMore()) {
        return Optional.empty();
      }
      String entry = found.next().getNameInNamespace();
      // Two entries of one name: nobody can say which one is meant.
      return found.hasMore() ? Optional.empty() : Optional.of(entry);
    } finally {
      found.close();
    }
  }

  private Set<String> rolesOf(DirContext search, String entry) throws NamingException {
    Set<String> given = new TreeSet<>();
    if (!settings.role__for__all().isEmpty()) {
      given.add(settings.role__for__all());
    }
    if (settings.group__base().isEmpty()) {
      return given;
    }
    NamingEnumeration<SearchResult> groups =
        search.search(
            settings.group__base(),
            settings.group__filter(),
            new Object[] {entry},
            controls(settings.group__attribute()));
    try {
      while (groups.hasMore()) {
        var attribute = groups.next().getAttributes().get(settings.group__attribute());
        String role = attribute == null ? null : roles.get(String.valueOf(attribute.get()));
        if (role != null) {
          given.add(role);
        }
      }
      return given;
    } finally {
      groups.close();
    }
  }

  private SearchControls controls(String... attributes) {
    return new SearchControls(
        SearchControls.SUBTREE_SCOPE, 0, settings.timeout(), attributes, false, false);
  }

  private DirContext open(String name, String password) throws NamingException {
    Hashtable<String, Object> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
    environment.put(Context.PROVIDER_URL, settings.url());
    environment.put(Context.REFERRAL, "ignore");
    environment.put("com.sun.jndi.ldap.connect.timeout", Integer.toString(settings.timeout()));
    environment.put("com.sun.jndi.ldap.read.timeout", Integer.toString(settings.timeout()));
    if (!name.isEmpty()) {
      environment.put(Context.SECURITY_AUTHENTICATION, "simple");
      environment.put(Context.SECURITY_PRINCIPAL, name);
      environment.put(Context.SECURITY_CREDENTIALS, password);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Where the platform looks for its own LDAP client.
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      return new InitialDirContext(environment);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

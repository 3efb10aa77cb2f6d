package org.caravanserai.security.internal.directory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of an LDAP directory; without any there is none. */
@ObjectClassDefinition(name = "Caravanserai LDAP users")
@interface LdapSettings {

  /** Its address: {@code ldaps://ldap.example.com:636}; several with spaces between. */
  String url();

  /** The distinguished name that searches; empty for a search without a log-in. */
  String bind__dn() default "";

  /** The password of that name. */
  String bind__password() default "";

  /** Where users are. */
  String user__base();

  /** Which user it is; {@code {0}} is the name that was typed. */
  String user__filter() default "(uid={0})";

  /** Where groups are; empty if users have no groups. */
  String group__base() default "";

  /** Which groups a user is in; {@code {0}} is her distinguished name. */
  String group__filter() default "(member={0})";

  /** The attribute that names a group. */
  String group__attribute() default "cn";

  /** Which group gives which role: {@code group=role}. */
  String[] roles() default {};

  /** A role for everybody whom the directory knows; empty for none. */
  String role__for__all() default "";

  /** How long to wait for a connection, and for an answer, in milliseconds. */
  @AttributeDefinition(min = "1")
  int timeout() default 3000;
}

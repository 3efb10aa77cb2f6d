package org.caravanserai.security.internal.user;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of users. */
@ObjectClassDefinition(name = "Caravanserai security")
@interface UserSettings {

  /**
   * The folder of the server's data; ours is {@code security} in it. There is no default, so that
   * secrets never get to a place that nobody chose.
   */
  String data();

  /** How long a password that was right is known to be right, in seconds; 0 for not at all. */
  @AttributeDefinition(min = "0")
  int verification__cache() default 60;

  /**
   * How many failed log-ins for a name from one address go unpunished; ten times as many from one
   * address for any name, and for one name from anywhere.
   */
  @AttributeDefinition(min = "1")
  int login__failures() default 5;

  /** How long log-ins are refused after that, in seconds; each failure more doubles it. */
  @AttributeDefinition(min = "0")
  int login__pause() default 10;

  /** How long log-ins are refused at most, in seconds. */
  @AttributeDefinition(min = "0")
  int login__longest__pause() default 600;

  /** How many characters a new password has at least. */
  @AttributeDefinition(min = "1")
  int password__min__length() default 12;

  /** How many passwords are verified at a time; each takes 19 MiB of memory for a while. */
  @AttributeDefinition(min = "1")
  int login__parallel() default 2;
}

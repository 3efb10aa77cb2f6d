package org.caravanserai.security.internal.directory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long a directory of users is asked. */
@ObjectClassDefinition(name = "Caravanserai user directory")
@interface DirectorySettings {

  /** How long a log-in may take there, in milliseconds. */
  @AttributeDefinition(min = "1")
  int timeout() default 5000;

  /** How many log-ins may be under way there; more are refused. */
  @AttributeDefinition(min = "1")
  int parallel() default 8;
}

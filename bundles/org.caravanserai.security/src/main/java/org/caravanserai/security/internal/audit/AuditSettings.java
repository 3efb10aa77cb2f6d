package org.caravanserai.security.internal.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the audit. */
@ObjectClassDefinition(name = "Caravanserai audit")
public @interface AuditSettings {

  /** The folder of the server's data; ours is {@code audit} in it. */
  String data();

  /** How large a file may get, in bytes, before the next one is begun. */
  @AttributeDefinition(min = "10000")
  int file__size() default 16_000_000;

  /** How many files are kept, the current one included; the oldest go. */
  @AttributeDefinition(min = "2")
  int files() default 50;

  /** How many refusals of a kind get a record of their own, a minute. */
  @AttributeDefinition(min = "1")
  int refusals() default 60;
}

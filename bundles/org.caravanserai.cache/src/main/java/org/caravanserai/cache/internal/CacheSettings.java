package org.caravanserai.cache.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of caches, PID {@code org.caravanserai.cache}. */
@ObjectClassDefinition(name = "Caches", description = "What all caches share")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface CacheSettings {

  /** The PID. */
  String PID = "org.caravanserai.cache";

  /** How much of the heap all caches may take together, in percent. */
  @AttributeDefinition(description = "How much of the heap all caches may take, in percent")
  int max__memory__percent() default 25;

  /** How many keys of a cache in a Redis may be chosen at once. */
  @AttributeDefinition(description = "How many keys of a cache in a Redis may be chosen at once")
  int redis__max__keys() default 100_000;

  /** How many threads work for the callers of the REST interface. */
  @AttributeDefinition(description = "How many threads work for the callers of the REST interface")
  int rest__threads() default 4;

  /** How many of their calls may wait for such a thread; more are answered with 503. */
  @AttributeDefinition(description = "How many calls may wait for such a thread; then 503")
  int rest__backlog() default 1_000;

  /** How large a body or an answer of the REST interface may be. */
  @AttributeDefinition(description = "How large a body or an answer of the REST interface may be")
  String rest__max__size() default "10MB";
}

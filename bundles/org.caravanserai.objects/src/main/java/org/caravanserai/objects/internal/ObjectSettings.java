package org.caravanserai.objects.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of configured objects. */
@ObjectClassDefinition(name = "Caravanserai objects")
@interface ObjectSettings {

  /**
   * The folder of the server's data; ours are {@code objects} and {@code security} in it. There is
   * no default, so that secrets never get to a place that nobody chose.
   */
  String data();

  /** A YAML file, or a folder of them, that is in effect before the server is ready. */
  String import__file() default "";

  /**
   * The file that holds the key of the secrets; one is made in the data folder if there is none.
   */
  String secret__key__file() default "";

  /** How often the store is looked at for what was edited by hand, in milliseconds. */
  @AttributeDefinition(min = "1")
  int rescan() default 1_000;

  /**
   * How long after one ping of a connection that is {@code required} the next one follows, in
   * milliseconds.
   */
  @AttributeDefinition(min = "100")
  int required__ping() default 10_000;

  /** The kinds that must be there, with their objects opened, before the server is ready. */
  String[] required__kinds() default {"security", "channel_rest"};

  /** The greatest size of a configuration file, in bytes. */
  @AttributeDefinition(min = "1")
  int max__file__size() default 10_000_000;

  /** How deep lists and mappings of a configuration file may be nested. */
  @AttributeDefinition(min = "1")
  int max__depth() default 50;

  /** How many aliases of lists and mappings a configuration file may have. */
  @AttributeDefinition(min = "0")
  int max__aliases() default 50;

  /**
   * The time after which an object that failed is tried again, in milliseconds; it doubles with
   * each failure.
   */
  @AttributeDefinition(min = "1")
  int retry__first() default 1_000;

  /** The longest time after which an object that failed is tried again, in milliseconds. */
  @AttributeDefinition(min = "1")
  int retry__longest() default 60_000;

  /** How long a bundle that stops waits for its objects to close, in milliseconds. */
  @AttributeDefinition(min = "0")
  int close__timeout() default 10_000;
}

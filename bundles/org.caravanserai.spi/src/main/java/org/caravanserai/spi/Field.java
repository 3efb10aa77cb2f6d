package org.caravanserai.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is to be known of a field of an {@link ObjectKind} beyond its name and type. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

  /** One sentence for the reference, the schema and the forms. */
  String help();

  /**
   * The value of a field that is absent, as YAML spells it; empty for none. Of a list, {@code [a,
   * b]}; of a map or a nested record whose fields all have defaults, <code>{}</code>.
   */
  String defaultValue() default "";

  /** The least value of a number, the least length of a text, in seconds for a duration. */
  long min() default Long.MIN_VALUE;

  /** The greatest value of a number, the greatest length of a text, in seconds for a duration. */
  long max() default Long.MAX_VALUE;

  /** Whether the value is a secret, shown to nobody. */
  boolean secret() default false;

  /** The kind of object whose name the value is; empty if it is none. */
  String reference() default "";

  /** Whether the value is the name of a service, deployed or not. */
  boolean service() default false;

  /**
   * Another name by which files may call the field, such as an older one of Zato; empty if none.
   */
  String alias() default "";
}

package org.caravanserai.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which channels, jobs and other services know a {@link Service}.
 *
 * <p>Without it the name is the package and the class, dotted, lower-case and dashed: {@code
 * com.acme.GetCustomer} is {@code com.acme.get-customer}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ServiceName {

  /**
   * The name: letters, digits, {@code -} and {@code _} in parts divided by dots, at most 200
   * characters. It is unique on a server.
   */
  String value();
}

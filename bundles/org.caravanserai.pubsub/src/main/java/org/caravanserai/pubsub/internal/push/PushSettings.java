package org.caravanserai.pubsub.internal.push;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings of pushing and of the desk, PID {@code org.caravanserai.pubsub.push}.
 *
 * <p>In a property's name a double underscore is a single one.
 */
@Retention(RetentionPolicy.RUNTIME)
@ObjectClassDefinition(
    name = "Caravanserai publish/subscribe: push",
    description = "How messages are pushed, and how operators see queues.")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface PushSettings {

  /** The PID. */
  String PID = "org.caravanserai.pubsub.push";

  /** How long a service or a connection may take for one message, in seconds. */
  @AttributeDefinition(description = "Seconds that a service or a connection has for one message")
  int timeout() default 60;

  /** How many durable calls of one service are made at a time. */
  @AttributeDefinition(description = "Durable calls of one service that are made at a time")
  int call__concurrency() default 4;

  /** How many messages of one queue may wait in memory for another attempt, or behind one. */
  @AttributeDefinition(
      description = "Messages of one queue that may wait for another attempt while others go on")
  int max__aside() default 1000;

  /** How many bytes they may have. */
  @AttributeDefinition(description = "How large they may be altogether, such as 16MB")
  String max__aside__size() default "16MB";

  /** How many files are written at a time. */
  @AttributeDefinition(description = "Files of push subscriptions that are written at a time")
  int file__threads() default 4;

  /** How long to wait at the stop for attempts that are on their way, in seconds. */
  @AttributeDefinition(description = "Seconds to wait at the stop for messages on their way")
  int stop__timeout() default 10;

  /** Seconds between two looks at the queues, from which rates are told. */
  @AttributeDefinition(description = "Seconds between two looks at the queues, for their rates")
  int rate__interval() default 5;
}

package org.caravanserai.runtime.internal;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings of this bundle, PID {@code org.caravanserai.runtime}. Changes to the pool's hold at
 * once, those of the limits of documents for revisions that are prepared later.
 *
 * <p>In a property's name a double underscore is a single one.
 */
@Retention(RetentionPolicy.RUNTIME)
@ObjectClassDefinition(
    name = "Caravanserai runtime",
    description = "How services are called, and how many at a time.")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface RuntimeSettings {

  /** The PID. */
  String PID = "org.caravanserai.runtime";

  /** Threads that calls run on; 0: 16 for each processor, at least 32. */
  @AttributeDefinition(description = "Threads that calls run on; 0: 16 for each processor, min 32")
  int threads() default 0;

  /** Calls that may wait for a thread. */
  @AttributeDefinition(description = "Calls that may wait for a thread")
  int queue() default 1000;

  /** The share of the threads, and of the places in the queue, that one service may hold. */
  @AttributeDefinition(description = "Percent of threads and of queue places for one service")
  int max__concurrency__percent() default 50;

  /** Stuck threads that are made up for by further ones; 0: twice {@link #threads}. */
  @AttributeDefinition(description = "Stuck threads that are replaced; 0: twice the threads")
  int max__stuck() default 0;

  /** Milliseconds between two looks for calls whose time is up. */
  @AttributeDefinition(description = "Milliseconds between two looks for calls whose time is up")
  int sweep__interval() default 50;

  /** Milliseconds that a service's constructor, or its {@code close()}, may take. */
  @AttributeDefinition(description = "Milliseconds that a constructor or close() may take")
  int construct__timeout() default 1000;

  /** Milliseconds that a service's {@code onDeploy()}, or its {@code onUndeploy()}, may take. */
  @AttributeDefinition(description = "Milliseconds that onDeploy() or onUndeploy() may take")
  int hook__timeout() default 10_000;

  /** Milliseconds that a call may take to which no channel gives a time. */
  @AttributeDefinition(description = "Milliseconds for a call that has no time-out of a channel")
  int async__timeout() default 60_000;

  /** Milliseconds to wait for the calls in the pool when it stops. */
  @AttributeDefinition(description = "Milliseconds to wait for the calls in the pool at its stop")
  int stop__timeout() default 5000;

  /** How many services deep calls may go. */
  @AttributeDefinition(description = "How many services deep calls may go")
  int max__call__depth() default 100;

  /** How many services may be called at once by one call. */
  @AttributeDefinition(description = "How many services one call may call in parallel")
  int max__parallel__calls() default 100;

  /** How deep lists and objects may be nested in JSON. */
  @AttributeDefinition(description = "How deep lists and objects may be nested in JSON")
  int max__json__depth() default 200;

  /** How many characters a number may have. */
  @AttributeDefinition(description = "How many characters a number may have")
  int max__number__length() default 1000;

  /** How many fields a form may have. */
  @AttributeDefinition(description = "How many fields a form may have")
  int max__form__fields() default 1000;

  /** How many characters of a doc comment are told. */
  @AttributeDefinition(description = "How many characters of a doc comment are told")
  int max__doc__length() default 10_000;
}

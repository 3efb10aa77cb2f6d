package org.caravanserai.scheduler.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the scheduler, PID {@code org.caravanserai.scheduler}. */
@ObjectClassDefinition(name = "Scheduler", description = "Jobs, locks and their database")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface SchedulerSettings {

  /** The PID. */
  String PID = "org.caravanserai.scheduler";

  /** The folder of the server's data, for the database that is embedded. */
  @AttributeDefinition(description = "The folder of the server's data")
  String data() default "";

  /** The JDBC URL of the database that servers share; empty for one of this server's own. */
  @AttributeDefinition(description = "The JDBC URL of the database that servers share (PostgreSQL)")
  String database__url() default "";

  /** The user of that database. */
  @AttributeDefinition(description = "The user of that database")
  String database__username() default "";

  /** The user's password. */
  @AttributeDefinition(description = "The password of that user", type = AttributeType.PASSWORD)
  String database__password() default "";

  /** How many connections to the database there may be. */
  @AttributeDefinition(description = "How many connections to the database there may be")
  int database__connections() default 6;

  /** How many seconds a server may be silent before another one takes its jobs over. */
  @AttributeDefinition(
      description = "Seconds that a server may be silent before another one takes its jobs over")
  int lease__time() default 8;

  /** By how many milliseconds the clocks of server and database may differ. */
  @AttributeDefinition(
      description = "Milliseconds by which this clock and the database's may differ")
  int max__clock__difference() default 2_000;

  /** How many seconds late a run may begin and is still on time. */
  @AttributeDefinition(description = "Seconds that a run may be late before it counts as missed")
  int misfire__threshold() default 60;

  /** How many runs of each job are kept. */
  @AttributeDefinition(description = "How many runs of each job are kept")
  int kept__runs() default 100;

  /** How many days runs are kept. */
  @AttributeDefinition(description = "How many days runs are kept")
  int kept__days() default 30;

  /** How many log lines of each run are kept. */
  @AttributeDefinition(description = "How many log lines of a run are kept")
  int log__lines() default 200;

  /** How many jobs services may make. */
  @AttributeDefinition(description = "How many jobs services may make")
  int max__service__jobs() default 100_000;

  /** How many characters the payload of a job may have. */
  @AttributeDefinition(description = "How many characters the payload of a job may have")
  int max__payload__size() default 262_144;

  /** How many milliseconds runs have to end when the server stops. */
  @AttributeDefinition(description = "Milliseconds that runs have to end when the server stops")
  int stop__timeout() default 10_000;
}

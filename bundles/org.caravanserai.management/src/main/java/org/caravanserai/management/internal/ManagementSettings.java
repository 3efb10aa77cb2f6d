package org.caravanserai.management.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the management listener, PID {@code org.caravanserai.management}. */
@ObjectClassDefinition(
    name = "Management listener",
    description = "TLS, sessions and events of the admin API")
public @interface ManagementSettings {

  /** The data folder. */
  @AttributeDefinition(description = "The data folder")
  String data() default "";

  /** The file with the server's certificate. */
  @AttributeDefinition(
      description =
          "The PEM file with the server's certificate and those that vouch for it; none for no TLS")
  String tls__certificate__file() default "";

  /** The file with the key of the certificate. */
  @AttributeDefinition(description = "The PEM file with the key of the certificate")
  String tls__key__file() default "";

  /** Seconds between two looks at the files. */
  @AttributeDefinition(description = "Seconds between two looks at the TLS files for changes")
  int tls__rescan() default 10;

  /** Days before the end of a certificate from which on the health tells of it. */
  @AttributeDefinition(
      description = "Days before the end of a certificate from which on the health tells of it")
  int certificate__warning() default 30;

  /** Seconds without a request after which a session ends. */
  @AttributeDefinition(min = "1", description = "Seconds without a request that end a session")
  int session__idle() default 1800;

  /** Seconds after which a session ends in any case. */
  @AttributeDefinition(min = "1", description = "Seconds after which a session ends in any case")
  int session__longest() default 43_200;

  /** How many sessions there are at most. */
  @AttributeDefinition(
      min = "1",
      description = "Sessions at most; one more ends the one that has been idle for longest")
  int session__most() default 1000;

  /** How many of the last events are kept. */
  @AttributeDefinition(
      min = "1",
      description = "Events, log lines among them, of which the last ones are kept")
  int events__kept() default 2000;

  /** How long all events are together that are kept. */
  @AttributeDefinition(min = "1", description = "Characters of all events that are kept")
  int events__kept__size() default 4_000_000;

  /** How many streams of events are open at a time. */
  @AttributeDefinition(
      min = "0",
      description = "Streams of events at a time; each holds a thread of the listener")
  int events__streams() default 32;

  /** Seconds after which a stream without events shows that it is there. */
  @AttributeDefinition(
      min = "1",
      description = "Seconds after which a stream without events shows that it is there")
  int events__heartbeat() default 15;

  /** The MBeans that administrators change. */
  @AttributeDefinition(
      description =
          "The MBeans whose attributes and operations administrators may use to change something,"
              + " as patterns of names with blanks between")
  String jmx__changeable() default
      "java.lang:type=Memory java.lang:type=Threading java.util.logging:type=Logging"
          + " org.apache.camel:*";

  /** The MBeans that nobody sees. */
  @AttributeDefinition(
      description = "The MBeans that nobody sees by Jolokia, as patterns with blanks between")
  String jmx__hidden() default
      "org.apache.karaf:type=config,* org.apache.karaf:type=system,* osgi.compendium:*";

  /** Seconds after which a stream ends, to be opened again. */
  @AttributeDefinition(
      min = "1",
      description = "Seconds after which a stream of events ends, for the client to come again")
  int events__longest() default 600;
}

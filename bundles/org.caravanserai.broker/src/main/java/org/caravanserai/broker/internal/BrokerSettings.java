package org.caravanserai.broker.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the broker, PID {@code org.caravanserai.broker}. */
@ObjectClassDefinition(name = "Broker")
public @interface BrokerSettings {

  /** The folder of everything that the server keeps. */
  @AttributeDefinition(description = "The folder of everything that the server keeps")
  String data();

  /** The address on which clients may connect. */
  @AttributeDefinition(description = "The address on which clients may connect")
  String host() default "127.0.0.1";

  /** The port of all protocols; 0 for any free one. */
  @AttributeDefinition(description = "The port of all protocols; 0 for any free one")
  int port() default 61616;

  /** The protocols that the port understands. */
  @AttributeDefinition(description = "The protocols that the port understands")
  String protocols() default "CORE,AMQP,MQTT,STOMP";

  /** How many clients may be connected at a time; -1 for no limit. */
  @AttributeDefinition(description = "How many clients may be connected at a time; -1 for no limit")
  int max__connections() default 10_000;

  /** A PEM file with the certificate of the port; with it connections without TLS are refused. */
  @AttributeDefinition(
      description =
          "A PEM file with the certificate of the port; with it connections without TLS are refused")
  String tls__certificate__file() default "";

  /** A PEM file with the key of that certificate. */
  @AttributeDefinition(description = "A PEM file with the key of that certificate")
  String tls__key__file() default "";

  /** Seconds between two looks at the TLS files. */
  @AttributeDefinition(description = "Seconds between two looks at the TLS files")
  int tls__rescan() default 60;

  /** Microseconds for which confirmations are gathered before the disk is forced once for all. */
  @AttributeDefinition(
      description =
          "Microseconds for which confirmations are gathered before the disk is forced once for all")
  int journal__buffer__timeout() default 300;

  /** Bytes of the disk that stay free: with less, no message is taken. */
  @AttributeDefinition(
      description = "Bytes of the disk that stay free: with less, no message is taken")
  long min__disk__free() default 134_217_728;

  /** Milliseconds between two looks at the disk. */
  @AttributeDefinition(description = "Milliseconds between two looks at the disk")
  int disk__scan__period() default 1000;

  /** Bytes of messages that are held in memory for all addresses; the rest waits on the disk. */
  @AttributeDefinition(
      description =
          "Bytes of messages that are held in memory for all addresses; the rest waits on the disk")
  long max__memory() default 67_108_864;

  /** Bytes of messages that are held in memory for one address. */
  @AttributeDefinition(description = "Bytes of messages that are held in memory for one address")
  long max__address__memory() default 10_485_760;

  /** Bytes of a page file, to which messages go that do not fit in memory. */
  @AttributeDefinition(
      description = "Bytes of a page file, to which messages go that do not fit in memory")
  int page__size() default 65_536;

  /** Bytes that a message may have at most, whatever protocol it comes by. */
  @AttributeDefinition(
      description = "Bytes that a message may have at most, whatever protocol it comes by")
  int max__message__size() default 104_857_600;

  /** How often a message is given to a client before it becomes a dead letter; 0 for ever. */
  @AttributeDefinition(
      description =
          "How often a message is given to a client before it becomes a dead letter; 0 for ever")
  int max__deliveries() default 20;
}

package org.caravanserai.pubsub.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of publish/subscribe, PID {@code org.caravanserai.pubsub}. */
@ObjectClassDefinition(
    name = "Publish/subscribe",
    description = "What all ways to publish and to receive share")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface PubSubSettings {

  /** The PID. */
  String PID = "org.caravanserai.pubsub";

  /** How many threads work for the callers of the REST interface. */
  @AttributeDefinition(description = "How many threads work for the callers of the REST interface")
  int rest__threads() default 8;

  /** How many of their calls may wait for such a thread; more are answered with 503. */
  @AttributeDefinition(description = "How many calls may wait for such a thread; then 503")
  int rest__backlog() default 10_000;

  /** How many messages one call may fetch. */
  @AttributeDefinition(description = "How many messages one call may fetch")
  int max__messages() default 1_000;

  /** How many bytes of data one call may fetch. */
  @AttributeDefinition(description = "How many bytes of data one call may fetch")
  String max__len() default "50MB";

  /** How long a call may wait for messages, in seconds. */
  @AttributeDefinition(description = "How long a call may wait for messages, in seconds")
  int max__wait() default 60;

  /** How long messages may be held without being acknowledged, in seconds. */
  @AttributeDefinition(description = "How long messages may be held unacknowledged, in seconds")
  int max__lease() default 43_200;

  /** How often a message is fetched before it is a dead letter; 0 for ever. */
  @AttributeDefinition(
      description = "How often a message is fetched before it is a dead letter; 0 for ever")
  int max__deliveries() default 20;

  /** How many messages may wait for a service that was published to. */
  @AttributeDefinition(description = "How many messages may wait for a service as a target")
  long service__max__depth() default 100_000;

  /** How many results of durable fan-outs that have not ended may be kept. */
  @AttributeDefinition(description = "How many results of durable fan-outs may wait for the others")
  long fan__out__max__results() default 100_000;

  /** How large they may be altogether; with more no durable fan-out is begun. */
  @AttributeDefinition(description = "How large these results may be altogether")
  String fan__out__max__size() default "64MB";

  /** How large the data of a message to a service may be. */
  @AttributeDefinition(description = "How large the data of a message to a service may be")
  String service__max__message__size() default "10MB";
}

package org.caravanserai.rest.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of REST channels, PID {@code org.caravanserai.rest}. */
@ObjectClassDefinition(name = "REST channels", description = "What all REST channels share")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface RestSettings {

  /** The PID. */
  String PID = "org.caravanserai.rest";

  /** How much memory the answers that channels keep may take, all channels together. */
  @AttributeDefinition(
      description = "How much memory the answers that channels keep may take, all together")
  String response__cache__size() default "32MB";

  /** Whether {@code GET /openapi.json} on the traffic port tells everybody of the channels. */
  @AttributeDefinition(
      description = "Whether GET /openapi.json on the traffic port tells everybody of the channels")
  boolean openapi() default false;

  /** Whether each deployed service has a channel by itself. */
  @AttributeDefinition(description = "Whether each deployed service has a channel by itself")
  boolean auto__rest__channel__enabled() default false;

  /** What their paths begin with; the service's name follows, its dots as slashes. */
  @AttributeDefinition(description = "What the paths of these channels begin with")
  String auto__rest__channel__prefix() default "/api/";

  /** Which services have one: names, with commas; {@code *} is any text, {x} one part. */
  @AttributeDefinition(description = "Which services have one: names, * for any text")
  String auto__rest__channel__include() default "*";

  /** Which of these have none, likewise. */
  @AttributeDefinition(description = "Which of these services have none")
  String auto__rest__channel__exclude() default "";

  /** The security definition that lets callers in. */
  @AttributeDefinition(description = "The security definition that lets callers in")
  String auto__rest__channel__security() default "";

  /** Groups of security definitions, any member of which lets callers in too. */
  @AttributeDefinition(description = "Groups of security definitions that let callers in")
  String auto__rest__channel__groups() default "";

  /** Whether everybody may call; else there must be security, or groups. */
  @AttributeDefinition(description = "Whether everybody may call these channels")
  boolean auto__rest__channel__is__public() default false;
}

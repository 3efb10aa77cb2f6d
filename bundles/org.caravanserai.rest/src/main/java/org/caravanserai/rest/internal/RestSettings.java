package org.caravanserai.rest.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of REST channels, PID {@code org.caravanserai.rest}. */
@ObjectClassDefinition(name = "REST channels", description = "What all REST channels share")
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
}

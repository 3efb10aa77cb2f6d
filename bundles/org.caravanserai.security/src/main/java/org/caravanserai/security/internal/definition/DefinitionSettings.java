package org.caravanserai.security.internal.definition;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of security definitions, PID {@code org.caravanserai.security.definitions}. */
@ObjectClassDefinition(name = "Security definitions")
public @interface DefinitionSettings {

  /** Seconds to wait at least between two fetches of an issuer's keys. */
  @AttributeDefinition(
      description = "Seconds to wait at least between two fetches of an issuer's keys")
  int jwks__pause() default 10;

  /** Seconds after which an issuer's keys are fetched anew. */
  @AttributeDefinition(description = "Seconds after which an issuer's keys are fetched anew")
  int jwks__max__age() default 300;

  /** Seconds that servers of keys and tokens may take for an answer. */
  @AttributeDefinition(
      description = "Seconds that servers of keys and tokens may take for an answer")
  int web__timeout() default 10;

  /** How many characters of verified tokens are remembered for each definition. */
  @AttributeDefinition(
      description = "How many characters of verified tokens are remembered for each definition")
  int token__memory() default 4_000_000;
}

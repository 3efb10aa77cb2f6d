package org.caravanserai.security.internal.oidc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of an issuer whose tokens let users in; without any there is none. */
@ObjectClassDefinition(name = "Caravanserai OIDC users")
@interface OidcSettings {

  /** Who must have issued a token, as its claim {@code iss} says it. */
  String issuer() default "";

  /** Where the issuer's keys are (RFC 7517). */
  String jwks__url() default "";

  /** Whom a token must be meant for, one of these: tokens for others do not open this server. */
  String[] audience() default {};

  /** The claim that names the user; who has none is named by {@code sub}. */
  String name__claim() default "preferred_username";

  /** The claim that holds what becomes roles; {@code a.b} is {@code b} inside {@code a}. */
  String roles__claim() default "roles";

  /** Which value of that claim gives which role: {@code value=role}. */
  String[] roles() default {};

  /** A role for everybody whom the issuer vouches for; empty for none. */
  String role__for__all() default "";

  /** A PEM file of the certificates that vouch for the issuer's server; empty for Java's own. */
  String ca__certs__path() default "";

  /** By how many seconds clocks may differ. */
  @AttributeDefinition(min = "0")
  int leeway() default 30;

  /** How long to wait for the issuer's keys, in milliseconds. */
  @AttributeDefinition(min = "1")
  int timeout() default 5000;

  /** How many log-ins may wait for the keys; more are refused. */
  @AttributeDefinition(min = "1")
  int parallel() default 8;

  /** Seconds between two fetches of the keys, at least. */
  @AttributeDefinition(min = "0")
  int jwks__pause() default 10;

  /** Seconds after which the keys are fetched anew. */
  @AttributeDefinition(min = "1")
  int jwks__max__age() default 300;

  /** How many characters of right tokens are remembered. */
  @AttributeDefinition(min = "0")
  int token__memory() default 1_000_000;
}

package org.caravanserai.management.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the management listener, PID {@code org.caravanserai.management}. */
@ObjectClassDefinition(name = "Management listener", description = "TLS of the admin API")
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
}

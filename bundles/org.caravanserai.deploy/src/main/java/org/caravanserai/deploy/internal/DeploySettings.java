package org.caravanserai.deploy.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code org.caravanserai.deploy}. They take effect when the server starts. */
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
@ObjectClassDefinition(name = "Caravanserai deployments")
@interface DeploySettings {

  @AttributeDefinition(description = "Folder under which the revisions are kept")
  String data() default "data";

  @AttributeDefinition(description = "Watched folders, divided by ':'")
  String dirs() default "";

  @AttributeDefinition(description = "Greatest size of a source, in bytes")
  int max__source__size() default 10_485_760;

  @AttributeDefinition(description = "Greatest size of a shared library, in bytes")
  int max__library__size() default 104_857_600;

  @AttributeDefinition(description = "How long one compilation may take, in seconds")
  int compile__timeout() default 30;

  @AttributeDefinition(description = "How long calls may go on in a replaced revision, in seconds")
  int drain__timeout() default 60;

  @AttributeDefinition(
      description = "How long a stop by hand, or of this bundle, waits for calls, in seconds")
  int stop__timeout() default 10;

  @AttributeDefinition(
      description = "How long calls wait while a bundle is replaced in place, in milliseconds")
  int switch__timeout() default 5000;

  @AttributeDefinition(
      description = "How long deployments wait for the features service, in seconds")
  int features__timeout() default 120;

  @AttributeDefinition(description = "How many revisions of a deployment are kept")
  int kept__revisions() default 100;

  @AttributeDefinition(
      description = "How often a made-up service is deployed for trial after start")
  int warm__up() default 200;

  @AttributeDefinition(description = "For how long a file must stand still, in milliseconds")
  int settle() default 20;

  @AttributeDefinition(description = "From one look at all watched files to the next, in seconds")
  int rescan() default 5;

  @AttributeDefinition(description = "For how long a file must be missing to be gone, in seconds")
  int gone() default 2;
}

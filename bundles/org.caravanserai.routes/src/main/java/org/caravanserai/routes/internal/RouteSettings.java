package org.caravanserai.routes.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code org.caravanserai.routes}. */
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
@ObjectClassDefinition(
    name = "Caravanserai Camel routes",
    description = "property.NAME is what {{NAME}} stands for in routes")
@interface RouteSettings {

  @AttributeDefinition(
      description =
          "Folder whose folder kamelets keeps the Kamelets; empty for the bundle's own storage")
  String data() default "";

  @AttributeDefinition(
      description = "How long the routes of a file may take to become ready, in seconds")
  int prepare__timeout() default 30;

  @AttributeDefinition(
      description =
          "How long the answer to a request may take where a route says nothing, in seconds")
  int request__timeout() default 60;

  @AttributeDefinition(description = "Greatest size of the body of a request, in bytes")
  int max__request__size() default 10_485_760;

  @AttributeDefinition(
      description =
          "Whether the processors of routes are counted, and routes can be traced; for files that"
              + " are deployed from then on")
  boolean statistics() default true;

  @AttributeDefinition(description = "How many messages a trace may want")
  int trace__messages() default 100;

  @AttributeDefinition(description = "How long a trace may last, in seconds")
  int trace__time() default 3600;

  @AttributeDefinition(description = "How much of a body a trace keeps, in bytes")
  int trace__body__size() default 65_536;

  @AttributeDefinition(description = "How much all traces together keep, in characters")
  long trace__size() default 33_554_432;
}

package org.caravanserai.metrics.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the numbers over time, PID {@code org.caravanserai.metrics}. */
@ObjectClassDefinition(name = "Metrics", description = "Numbers over time")
@SuppressWarnings("MemberName") // OSGi writes an underscore of a property's name as two
public @interface HistorySettings {

  /** Seconds between two moments. */
  @AttributeDefinition(min = "1", description = "Seconds between two moments that are kept")
  int history__interval() default 5;

  /** How many moments are kept. */
  @AttributeDefinition(min = "1", description = "Moments that are kept")
  int history__moments() default 720;

  /** How many services have numbers of their own. */
  @AttributeDefinition(min = "0", description = "Services whose numbers are kept, each 20 KB")
  int history__services() default 500;
}

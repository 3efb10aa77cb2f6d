/** The parts of the scheduler that others meet: settings, readiness, metrics, jobs of services. */
@NullMarked
package org.caravanserai.scheduler.internal;

import org.jspecify.annotations.NullMarked;

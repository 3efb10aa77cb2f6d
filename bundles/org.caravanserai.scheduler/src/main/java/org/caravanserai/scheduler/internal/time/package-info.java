/** When jobs run: intervals, expressions of cron, single times, in time zones. */
@NullMarked
package org.caravanserai.scheduler.internal.time;

import org.jspecify.annotations.NullMarked;

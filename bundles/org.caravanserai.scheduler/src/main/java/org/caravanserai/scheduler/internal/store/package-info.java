/** The database of jobs, runs and leases. */
@NullMarked
package org.caravanserai.scheduler.internal.store;

import org.jspecify.annotations.NullMarked;

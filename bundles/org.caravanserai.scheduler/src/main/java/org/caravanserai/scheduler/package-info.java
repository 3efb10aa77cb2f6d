/** Jobs as operators see them: timetables, runs, and what is done with them. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.scheduler;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The kind of object that a job is. */
@NullMarked
package org.caravanserai.scheduler.internal.kind;

import org.jspecify.annotations.NullMarked;

/** Rate limits: rules by address and time of day, and their counters. */
@NullMarked
package org.caravanserai.security.internal.limit;

import org.jspecify.annotations.NullMarked;

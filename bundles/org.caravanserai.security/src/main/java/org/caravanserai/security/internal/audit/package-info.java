/** The audit: JSON lines in files that are only added to. */
@NullMarked
package org.caravanserai.security.internal.audit;

import org.jspecify.annotations.NullMarked;

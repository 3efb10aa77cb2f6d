/** What the packages of the security bundle share. */
@NullMarked
package org.caravanserai.security.internal;

import org.jspecify.annotations.NullMarked;

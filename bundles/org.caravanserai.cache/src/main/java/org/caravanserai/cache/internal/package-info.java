/** Named caches: their values, their limits, and how services see them. */
@NullMarked
package org.caravanserai.cache.internal;

import org.jspecify.annotations.NullMarked;

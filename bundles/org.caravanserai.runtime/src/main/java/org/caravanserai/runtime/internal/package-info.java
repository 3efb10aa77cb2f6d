/** The registry, the pool and the invoker themselves. */
@NullMarked
package org.caravanserai.runtime.internal;

import org.jspecify.annotations.NullMarked;

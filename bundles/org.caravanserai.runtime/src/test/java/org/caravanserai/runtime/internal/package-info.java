/** Tests of the registry, the pool and the invoker. */
@NullMarked
package org.caravanserai.runtime.internal;

import org.jspecify.annotations.NullMarked;

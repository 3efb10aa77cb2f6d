/** The kind of object that a cache is. */
@NullMarked
package org.caravanserai.cache.internal.kind;

import org.jspecify.annotations.NullMarked;

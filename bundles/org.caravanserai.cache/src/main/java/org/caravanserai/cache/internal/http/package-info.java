/** The REST interface of caches on the traffic listener. */
@NullMarked
package org.caravanserai.cache.internal.http;

import org.jspecify.annotations.NullMarked;

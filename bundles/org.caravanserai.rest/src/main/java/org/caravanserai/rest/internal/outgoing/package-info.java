/** Outgoing REST connections: the kind {@code outgoing_rest}, and one request on its way. */
@NullMarked
package org.caravanserai.rest.internal.outgoing;

import org.jspecify.annotations.NullMarked;

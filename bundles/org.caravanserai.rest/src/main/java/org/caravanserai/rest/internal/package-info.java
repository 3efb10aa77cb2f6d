/** REST channels: the kind {@code channel_rest}, and one request on its way to a service. */
@NullMarked
package org.caravanserai.rest.internal;

import org.jspecify.annotations.NullMarked;

/** The registry and its text. */
@NullMarked
package org.caravanserai.metrics.internal;

import org.jspecify.annotations.NullMarked;

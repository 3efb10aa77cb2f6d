/** Apache Artemis, embedded, tuned and guarded. */
@NullMarked
package org.caravanserai.broker.internal;

import org.jspecify.annotations.NullMarked;

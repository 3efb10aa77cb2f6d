/** Who may publish and subscribe to what. */
@NullMarked
package org.caravanserai.pubsub.internal.access;

import org.jspecify.annotations.NullMarked;

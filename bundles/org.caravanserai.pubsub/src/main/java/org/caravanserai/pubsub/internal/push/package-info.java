/**
 * Messages are pushed: to services, to other systems, into folders; what fails for good is kept.
 */
@NullMarked
package org.caravanserai.pubsub.internal.push;

import org.jspecify.annotations.NullMarked;

/** What all ways to publish and to receive have in common: names, messages, topics, queues. */
@NullMarked
package org.caravanserai.pubsub.internal;

import org.jspecify.annotations.NullMarked;

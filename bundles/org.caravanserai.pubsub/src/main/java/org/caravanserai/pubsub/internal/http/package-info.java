/** Publish/subscribe by REST: publishing, subscribing, fetching, acknowledging. */
@NullMarked
package org.caravanserai.pubsub.internal.http;

import org.jspecify.annotations.NullMarked;

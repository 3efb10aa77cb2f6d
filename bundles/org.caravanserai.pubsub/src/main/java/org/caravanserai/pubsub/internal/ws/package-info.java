/** Publish/subscribe over WebSockets: frames of JSON. */
@NullMarked
package org.caravanserai.pubsub.internal.ws;

import org.jspecify.annotations.NullMarked;

/** The kinds of objects of publish/subscribe. */
@NullMarked
package org.caravanserai.pubsub.internal.kind;

import org.jspecify.annotations.NullMarked;

/** Topics whose messages go over an external broker, so that several servers share them. */
@NullMarked
package org.caravanserai.pubsub.internal.remote;

import org.jspecify.annotations.NullMarked;

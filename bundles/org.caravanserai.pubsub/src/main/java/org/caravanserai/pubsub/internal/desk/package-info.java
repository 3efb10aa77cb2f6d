/** The desk: what operators do with queues and messages. */
@NullMarked
package org.caravanserai.pubsub.internal.desk;

import org.jspecify.annotations.NullMarked;

/** Folders whose files are published. */
@NullMarked
package org.caravanserai.pubsub.internal.file;

import org.jspecify.annotations.NullMarked;

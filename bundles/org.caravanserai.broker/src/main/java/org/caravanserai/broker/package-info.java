/** The message broker of the server: addresses, queues, messages, and who may use them. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.broker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

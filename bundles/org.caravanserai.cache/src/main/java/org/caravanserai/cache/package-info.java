/** The caches of the server as operators see them. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.cache;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What the authors of services compile against. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

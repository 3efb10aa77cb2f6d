/** The services of the server: by name, their revisions, and the one way to call them. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

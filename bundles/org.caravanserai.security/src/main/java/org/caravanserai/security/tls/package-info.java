/** The certificates that this server shows, and the files that hold those of its listeners. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.security.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

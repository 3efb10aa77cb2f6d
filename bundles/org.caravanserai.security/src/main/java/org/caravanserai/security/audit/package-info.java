/** What was done to the server, by whom, and what became of it. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.security.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

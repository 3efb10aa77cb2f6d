/** The configured objects of the server and what became of each. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.objects;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

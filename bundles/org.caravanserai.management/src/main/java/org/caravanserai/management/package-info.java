/** The forms in which the server tells what it has: by the admin API, and by the shell's JSON. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.management;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

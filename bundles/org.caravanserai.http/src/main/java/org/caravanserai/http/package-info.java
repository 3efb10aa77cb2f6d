/** The traffic listener: who answers which path, and one request on its way through. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

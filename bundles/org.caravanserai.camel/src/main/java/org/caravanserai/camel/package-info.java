/** Apache Camel in the server: the routes of channels, and {@code service:} endpoints. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.camel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

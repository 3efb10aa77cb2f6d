/**
 * What the upper floors of the server plug in below: kinds of objects and of connections, types of
 * deployable files, readiness checks.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

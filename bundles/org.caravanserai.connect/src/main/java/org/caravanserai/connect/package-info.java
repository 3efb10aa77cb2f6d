/**
 * Bundles whose classes come from a class loader of our own (OSGi Core R8, chapter 60, Connect).
 */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.connect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What services see of outgoing REST connections: the facade {@code Rest}. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

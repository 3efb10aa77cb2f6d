/** Users, security definitions and who may do what. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

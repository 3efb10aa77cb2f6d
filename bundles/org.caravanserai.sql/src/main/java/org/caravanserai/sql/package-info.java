/** What services see of SQL connections: the facade {@code Sql}. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.sql;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

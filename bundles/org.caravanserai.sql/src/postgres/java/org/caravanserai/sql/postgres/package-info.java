/** A real PostgreSQL for tests. */
@NullMarked
package org.caravanserai.sql.postgres;

import org.jspecify.annotations.NullMarked;

/** Connections to SQL databases: the kind {@code sql}, and statements on their way. */
@NullMarked
package org.caravanserai.sql.internal;

import org.jspecify.annotations.NullMarked;

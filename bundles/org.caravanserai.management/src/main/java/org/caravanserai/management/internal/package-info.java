/**
 * The admin REST API: a thin face over the interfaces of the floors below, without logic of its
 * own.
 */
@NullMarked
package org.caravanserai.management.internal;

import org.jspecify.annotations.NullMarked;

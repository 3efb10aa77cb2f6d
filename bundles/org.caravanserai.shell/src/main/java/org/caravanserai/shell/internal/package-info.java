/**
 * The {@code serai:} commands of the Karaf shell: a thin face over the interfaces of the floors
 * below.
 */
@NullMarked
package org.caravanserai.shell.internal;

import org.jspecify.annotations.NullMarked;

/** The watched folders and what becomes of their files. */
@NullMarked
package org.caravanserai.deploy.internal.watch;

import org.jspecify.annotations.NullMarked;

/** Shared libraries: the jars in folders {@code lib} as bundles, each version beside the others. */
@NullMarked
package org.caravanserai.deploy.internal.library;

import org.jspecify.annotations.NullMarked;

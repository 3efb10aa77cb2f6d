/** The goals {@code serai:deploy}, {@code serai:watch} and {@code serai:invoke}. */
@NullMarked
package org.caravanserai.maven;

import org.jspecify.annotations.NullMarked;

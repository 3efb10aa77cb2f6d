/** What serves the console. */
@NullMarked
package org.caravanserai.console.internal;

import org.jspecify.annotations.NullMarked;

/** Sends requests and counts what comes back. */
@NullMarked
package org.caravanserai.benchmarks.load;

import org.jspecify.annotations.NullMarked;

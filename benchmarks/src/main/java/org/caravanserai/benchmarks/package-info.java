/** Runs the benchmarks, and tells what came out as a table, as JSON and as a page of the docs. */
@NullMarked
package org.caravanserai.benchmarks;

import org.jspecify.annotations.NullMarked;

/** What is measured, one class a part. */
@NullMarked
package org.caravanserai.benchmarks.part;

import org.jspecify.annotations.NullMarked;

/** The servers that are measured: ours and its peers, each a process of its own. */
@NullMarked
package org.caravanserai.benchmarks.server;

import org.jspecify.annotations.NullMarked;

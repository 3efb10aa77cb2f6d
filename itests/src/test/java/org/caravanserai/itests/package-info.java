/** Black-box tests: the real distribution in its own process, talked to as its users talk to it. */
@NullMarked
package org.caravanserai.itests;

import org.jspecify.annotations.NullMarked;

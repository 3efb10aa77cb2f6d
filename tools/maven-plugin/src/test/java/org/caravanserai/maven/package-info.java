/** Tests of the goals' parts; {@code MavenIT} tests the goals in Maven. */
@NullMarked
package org.caravanserai.maven;

import org.jspecify.annotations.NullMarked;

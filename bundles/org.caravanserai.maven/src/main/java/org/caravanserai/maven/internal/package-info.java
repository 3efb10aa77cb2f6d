/** Maven's own resolver, which asks the repositories through that of Karaf. */
@NullMarked
package org.caravanserai.maven.internal;

import org.jspecify.annotations.NullMarked;

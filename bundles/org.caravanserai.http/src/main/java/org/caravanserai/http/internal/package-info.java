/** The traffic listener on Jetty's core. */
@NullMarked
package org.caravanserai.http.internal;

import org.jspecify.annotations.NullMarked;

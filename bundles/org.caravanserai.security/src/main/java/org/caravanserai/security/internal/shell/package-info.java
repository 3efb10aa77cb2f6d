/** Log-in to Karaf's shell with the users of the server, by JAAS. */
@NullMarked
package org.caravanserai.security.internal.shell;

import org.jspecify.annotations.NullMarked;

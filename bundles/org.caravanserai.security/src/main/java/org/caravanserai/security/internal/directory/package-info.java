/** Users whom the server does not know itself: JAAS login modules of others, and ours for LDAP. */
@NullMarked
package org.caravanserai.security.internal.directory;

import org.jspecify.annotations.NullMarked;

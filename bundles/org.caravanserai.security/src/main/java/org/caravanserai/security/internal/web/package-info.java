/** What the security bundle asks other servers for: keys and tokens. */
@NullMarked
package org.caravanserai.security.internal.web;

import org.jspecify.annotations.NullMarked;

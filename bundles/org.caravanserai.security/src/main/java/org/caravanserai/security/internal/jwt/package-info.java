/** Signed JSON Web Tokens (RFC 7519): whose they are, and whether they are right. */
@NullMarked
package org.caravanserai.security.internal.jwt;

import org.jspecify.annotations.NullMarked;

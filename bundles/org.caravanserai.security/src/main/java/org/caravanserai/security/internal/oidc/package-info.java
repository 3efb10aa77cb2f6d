/** Users of the admin API whom an issuer of tokens vouches for (OpenID Connect). */
@NullMarked
package org.caravanserai.security.internal.oidc;

import org.jspecify.annotations.NullMarked;

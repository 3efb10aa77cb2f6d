/** The certificates that this server shows. */
@NullMarked
package org.caravanserai.security.internal.certificate;

import org.jspecify.annotations.NullMarked;

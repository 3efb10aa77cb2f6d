/** The secrets of the server: encrypted on disk, in clear only where an object opens. */
@NullMarked
package org.caravanserai.objects.internal.secret;

import org.jspecify.annotations.NullMarked;

/** The user configuration files. */
@NullMarked
package org.caravanserai.objects.internal.user;

import org.jspecify.annotations.NullMarked;

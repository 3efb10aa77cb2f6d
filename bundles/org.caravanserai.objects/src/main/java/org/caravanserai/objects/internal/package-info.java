/** From configuration files to objects in operation. */
@NullMarked
package org.caravanserai.objects.internal;

import org.jspecify.annotations.NullMarked;

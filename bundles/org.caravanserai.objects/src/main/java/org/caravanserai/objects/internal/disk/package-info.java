/** Files that are replaced as a whole, several at a time. */
@NullMarked
package org.caravanserai.objects.internal.disk;

import org.jspecify.annotations.NullMarked;

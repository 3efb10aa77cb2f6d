/** Kinds of objects: the fields of their records, and how items of a file become records. */
@NullMarked
package org.caravanserai.objects.internal.kind;

import org.jspecify.annotations.NullMarked;

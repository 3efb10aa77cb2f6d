/** What authors say in the doc comments of their classes. */
@NullMarked
package org.caravanserai.runtime.internal.docs;

import org.jspecify.annotations.NullMarked;

/** Tests of the binding of documents to types. */
@NullMarked
package org.caravanserai.runtime.internal.binding;

import org.jspecify.annotations.NullMarked;

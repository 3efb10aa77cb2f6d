/** From documents and objects to the types that a service takes, and back from what it returns. */
@NullMarked
package org.caravanserai.runtime.internal.binding;

import org.jspecify.annotations.NullMarked;

/** Security definitions: who may call a channel. */
@NullMarked
package org.caravanserai.security.internal.definition;

import org.jspecify.annotations.NullMarked;

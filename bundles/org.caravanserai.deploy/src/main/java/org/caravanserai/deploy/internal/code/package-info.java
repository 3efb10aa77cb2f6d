/** What the compiler tells those who write sources. */
@NullMarked
package org.caravanserai.deploy.internal.code;

import org.jspecify.annotations.NullMarked;

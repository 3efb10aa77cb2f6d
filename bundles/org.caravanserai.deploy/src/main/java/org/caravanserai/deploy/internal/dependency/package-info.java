/** Libraries from Maven repositories that one deployment has for itself. */
@NullMarked
package org.caravanserai.deploy.internal.dependency;

import org.jspecify.annotations.NullMarked;

/** Files with Camel routes: each is a deployment with a Camel context of its own. */
@NullMarked
package org.caravanserai.routes.internal;

import org.jspecify.annotations.NullMarked;

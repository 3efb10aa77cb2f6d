/** The deployments component: its settings and how its parts are put together. */
@NullMarked
package org.caravanserai.deploy.internal;

import org.jspecify.annotations.NullMarked;

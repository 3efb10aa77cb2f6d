/** Ordinary bundles: as deployments in their place, and the services in whatever bundle. */
@NullMarked
package org.caravanserai.deploy.internal.bundle;

import org.jspecify.annotations.NullMarked;

/** Karaf's features service: what it may do to bundles of others, and what it has to do again. */
@NullMarked
package org.caravanserai.deploy.internal.features;

import org.jspecify.annotations.NullMarked;

/**
 * The one queue through which every deployment goes, and the switch from one revision to the next.
 */
@NullMarked
package org.caravanserai.deploy.internal.engine;

import org.jspecify.annotations.NullMarked;

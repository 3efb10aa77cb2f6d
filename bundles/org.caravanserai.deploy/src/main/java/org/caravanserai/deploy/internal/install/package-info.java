/** From class files to classes that can be loaded: revisions as bundles beside each other. */
@NullMarked
package org.caravanserai.deploy.internal.install;

import org.jspecify.annotations.NullMarked;

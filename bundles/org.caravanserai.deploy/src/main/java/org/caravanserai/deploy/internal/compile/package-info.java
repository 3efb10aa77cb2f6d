/** From Java source to class files, against the packages that bundles see at run time. */
@NullMarked
package org.caravanserai.deploy.internal.compile;

import org.jspecify.annotations.NullMarked;

/** Tests of what the authors of services compile against. */
@NullMarked
package org.caravanserai.api;

import org.jspecify.annotations.NullMarked;

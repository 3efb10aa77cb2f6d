/** The Camel context of channels, its components and its class loader. */
@NullMarked
package org.caravanserai.camel.internal;

import org.jspecify.annotations.NullMarked;

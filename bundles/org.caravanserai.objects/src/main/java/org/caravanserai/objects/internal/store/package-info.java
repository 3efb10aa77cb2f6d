/** The objects that are made by the API: one file of YAML for each kind. */
@NullMarked
package org.caravanserai.objects.internal.store;

import org.jspecify.annotations.NullMarked;

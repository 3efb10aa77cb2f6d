/** YAML files as trees of values that know their places. */
@NullMarked
package org.caravanserai.objects.internal.yaml;

import org.jspecify.annotations.NullMarked;

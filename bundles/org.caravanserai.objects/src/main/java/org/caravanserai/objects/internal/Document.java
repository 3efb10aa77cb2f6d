package org.caravanserai.objects.internal;

import org.caravanserai.objects.internal.yaml.YamlValue;

/**
 * A file that was read, or one that it includes.
 *
 * @param file its name, as its author knows it
 * @param root what it says
 */
record Document(String file, YamlValue.Mapping root) {}

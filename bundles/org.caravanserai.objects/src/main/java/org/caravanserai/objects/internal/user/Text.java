package org.caravanserai.objects.internal.user;

import org.caravanserai.objects.internal.yaml.Place;

/**
 * A text as a file has it, with its references.
 *
 * @param text what it says
 * @param place where it stands
 */
record Text(String text, Place place) {}

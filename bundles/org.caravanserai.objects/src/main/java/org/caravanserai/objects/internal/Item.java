package org.caravanserai.objects.internal;

import java.util.Optional;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.Place;

/**
 * An object as a file has it.
 *
 * @param key what it is known by
 * @param file the name of the file
 * @param place where it stands there
 * @param definition what it is to be; empty while nobody knows its kind
 */
record Item(ObjectKey key, String file, Place place, Optional<Definition> definition) {}

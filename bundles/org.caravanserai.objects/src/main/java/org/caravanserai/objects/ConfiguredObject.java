package org.caravanserai.objects;

import java.util.Map;

/**
 * A configured object as it is written.
 *
 * @param info how it is
 * @param fields its fields as files spell them: references as text, defaults left out, no secret in
 *     clear; texts, numbers, booleans, lists and maps of these
 * @param etag changes whenever the fields do
 */
public record ConfiguredObject(ObjectInfo info, Map<String, Object> fields, String etag) {}

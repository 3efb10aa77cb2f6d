package org.caravanserai.objects;

import java.util.Map;

/**
 * A kind of objects.
 *
 * @param name the kind as configuration spells it, such as {@code channel_rest}
 * @param key the field by which its objects are known
 * @param isConnection whether its objects are connections to other systems, which can be pinged
 * @param schema the JSON Schema (2020-12) of its objects: maps, lists, texts, numbers and booleans
 */
public record KindInfo(String name, String key, boolean isConnection, Map<String, Object> schema) {}

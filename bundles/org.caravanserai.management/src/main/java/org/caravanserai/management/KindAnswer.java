package org.caravanserai.management;

import java.util.List;
import java.util.Map;

/**
 * A kind of objects.
 *
 * @param name the kind as configuration spells it, such as {@code channel_rest}
 * @param key the field by which its objects are known
 * @param help what it is
 * @param isConnection whether its objects are connections to other systems, which can be pinged
 * @param actions what can be done with its objects besides changing them
 * @param schema the JSON Schema (2020-12) of its objects
 */
public record KindAnswer(
    String name,
    String key,
    String help,
    boolean isConnection,
    List<String> actions,
    Map<String, Object> schema) {}
